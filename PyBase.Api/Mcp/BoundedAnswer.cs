namespace PyBase.Api.Mcp;

/// <summary>An answer in memory; one that grows beyond the bound is thrown away, and the request that writes it is ended.</summary>
sealed class BoundedAnswer(int most, CancellationTokenSource request) : MemoryStream
{
    public bool IsTooLarge { get; private set; }

    // Of a class of its own, every other way of writing a MemoryStream leads here.
    public override void Write(byte[] buffer, int offset, int count)
    {
        if (!IsTooLarge && Length + count <= most)
        {
            base.Write(buffer, offset, count);
            return;
        }
        IsTooLarge = true;
        request.Cancel();
    }
}
