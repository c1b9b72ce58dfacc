namespace PyBase.Extraction.Dwg.Objects;

/// <summary>The names of layers, styles, blocks and so on, to which objects refer by handle. A block's name is that of its BLOCK, since anonymous ones have only their letter in the table.</summary>
sealed class DwgNames
{
    readonly Dictionary<ulong, byte[]> names = [];

    public ReadOnlySpan<byte> Of(ulong handle) => names.TryGetValue(handle, out var name) ? name : [];

    public void Set(ulong handle, byte[] name) => names[handle] = name;
}
