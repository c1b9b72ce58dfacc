namespace PyBase.Extraction.Dxf.Tags;

/// <summary>The pairs of a DXF file.</summary>
abstract class FileTagReader(TagWindow window, TagText text, FindingList findings) : TagReader(text)
{
    protected TagWindow Window => window;
    protected FindingList Findings => findings;

    public override long BytesRead => window.BytesRead;

    protected override void Dispose(bool isDisposing)
    {
        window.Dispose();
        base.Dispose(isDisposing);
    }
}
