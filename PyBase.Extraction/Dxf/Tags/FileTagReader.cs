namespace PyBase.Extraction.Dxf.Tags;

/// <summary>The pairs of a DXF file.</summary>
abstract class FileTagReader(TagWindow window, TagText text, FindingList findings) : TagReader(text)
{
    protected TagWindow Window => window;
    protected FindingList Findings => findings;

    public override long BytesRead => window.BytesRead;

    /// <summary>Whether the limit of bytes ended the file.</summary>
    public bool IsTooLong => window.IsTooLong;

    protected override void Dispose(bool isDisposing)
    {
        window.Dispose();
        base.Dispose(isDisposing);
    }
}
