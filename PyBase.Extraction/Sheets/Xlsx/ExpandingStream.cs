namespace PyBase.Extraction.Sheets.Xlsx;

/// <summary>A part of a workbook that stops at what all parts together may expand to.</summary>
sealed class ExpandingStream(Stream inner, WorkbookBudget budget) : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        budget.Cancellation.ThrowIfCancellationRequested();
        if (budget.Left <= 0)
        {
            budget.IsSpent = true;
            return 0;
        }
        var got = inner.Read(buffer, offset, (int)Math.Min(count, budget.Left));
        budget.Left -= got;
        return got;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>What may still be unpacked.</summary>
sealed class WorkbookBudget(long bytes, CancellationToken cancellation)
{
    public long Left { get; set; } = bytes;
    public bool IsSpent { get; set; }
    public CancellationToken Cancellation { get; } = cancellation;
}
