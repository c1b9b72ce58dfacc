using PyBase.Extraction.Dxf;

namespace PyBase.Extraction.Dwg;

/// <summary>Guards of <see cref="DwgReader"/>; those of what is made of the file are the same as of DXF.</summary>
public sealed record DwgOptions : DxfOptions
{
    /// <summary>Largest file, which is held in memory as a whole; a larger one is the error <c>drawing-too-large</c>.</summary>
    /// <value>256 MiB.</value>
    public int MaxFileBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Most bytes that the compressed pages may expand to, with the same error beyond; of small files 64 times their size.</summary>
    /// <value>1 GiB.</value>
    public int MaxExpandedBytes { get; init; } = 1024 * 1024 * 1024;
}
