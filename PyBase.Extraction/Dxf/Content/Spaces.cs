using PyBase.Extraction.Dxf.Records;

namespace PyBase.Extraction.Dxf.Content;

/// <summary>
/// Where entities lie. The ENTITIES section holds those of model space and of the active layout; the other layouts are blocks
/// named <c>*Paper_Space0</c> and so on. BLOCK_RECORDs tie both to the layouts' names.
/// </summary>
sealed class Spaces
{
    public const string ModelSpace = "*Model_Space", PaperSpace = "*Paper_Space";

    // In locators, of which there are many.
    const int LongestSpace = 64;

    readonly Dictionary<ulong, BlockRecord> records = [];
    readonly Dictionary<string, BlockRecord> recordsByName = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, string> layouts = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, int> blocks = new(StringComparer.OrdinalIgnoreCase);
    readonly IReadOnlyList<BlockDefinition> definitions;

    readonly CancellationToken cancellation;
    int looks;

    /// <param name="drawing">All that was read.</param>
    /// <param name="cancellation">Looked at while entities are asked for their place, which every table does.</param>
    public Spaces(Drawing drawing, CancellationToken cancellation)
    {
        this.cancellation = cancellation;
        definitions = drawing.Of<BlockDefinition>();
        for (var i = 0; i < definitions.Count; i++)
            blocks.TryAdd(definitions[i].Name, i);
        foreach (var record in drawing.Of<BlockRecord>())
        {
            records.TryAdd(record.Handle, record);
            recordsByName.TryAdd(record.Name, record);
        }
        var byHandle = new Dictionary<ulong, LayoutObject>();
        foreach (var layout in drawing.Of<LayoutObject>())
        {
            byHandle.TryAdd(layout.Handle, layout);
            if (records.TryGetValue(layout.Content, out var record))
                layouts.TryAdd(Normal(record.Name), layout.Name);
        }
        foreach (var record in drawing.Of<BlockRecord>())
        {
            if (record.Layout != 0 && byHandle.TryGetValue(record.Layout, out var layout))
                layouts.TryAdd(Normal(record.Name), layout.Name);
        }
        layouts.TryAdd(ModelSpace, "Model");
        layouts.TryAdd(PaperSpace, "Paper");
    }

    /// <summary>The block that an entity lies in: <c>*Model_Space</c>, <c>*Paper_Space0</c> or a definition.</summary>
    public string OwnerOf(DxfRecord entity) => OwnerOf(entity.Block, entity.Owner, entity.IsInPaperSpace);

    public string OwnerOf(int block, ulong owner, bool isInPaperSpace)
    {
        if ((++looks & 0xFFF) == 0)
            cancellation.ThrowIfCancellationRequested();
        if (block >= 0)
            return Normal(definitions[block].Name);
        // A definition holds nothing outside of the BLOCKS section, whatever the owner that a writer put there.
        if (records.TryGetValue(owner, out var record) && Normal(record.Name) is var space && (IsLayout(space) || layouts.ContainsKey(space)))
            return space;
        return isInPaperSpace ? PaperSpace : ModelSpace;
    }

    /// <summary>The name of the layout that a block is the content of, or null for a definition.</summary>
    public string? LayoutOf(string block) => layouts.GetValueOrDefault(block);

    public static bool IsLayout(string block) =>
        block.StartsWith(ModelSpace, StringComparison.OrdinalIgnoreCase) || block.StartsWith(PaperSpace, StringComparison.OrdinalIgnoreCase);

    /// <summary>The layout or block, and the handle or line: <c>Model#2A3</c>.</summary>
    public string Locate(DxfRecord entity)
    {
        var owner = OwnerOf(entity);
        var space = LayoutOf(owner) ?? owner;
        return $"{(space.Length <= LongestSpace ? space : space[..LongestSpace])}{Locator(entity)}";
    }

    /// <summary>Of what lies in no space.</summary>
    public static string Locator(DxfRecord record) => record.Handle != 0 ? $"#{record.Handle:X}" : $"@{record.Place}";

    /// <summary>The definition of a name, as a place in the list of blocks; null when it is not there.</summary>
    public int? BlockOf(string name) => blocks.TryGetValue(name, out var block) ? block : null;

    public BlockRecord? RecordOf(ulong handle) => records.GetValueOrDefault(handle);

    /// <summary>A block's own name: of <c>*U12</c>, the variant of a dynamic block, that of the dynamic block.</summary>
    public string TrueName(string block) =>
        recordsByName.TryGetValue(block, out var record) && record.DynamicBlock != 0 && records.TryGetValue(record.DynamicBlock, out var origin)
            ? origin.Name
            : block;

    // R12 files of newer programs have $MODEL_SPACE.
    public static string Normal(string block)
    {
        if (block.Length > 0 && block[0] is '*' or '$')
        {
            foreach (var space in (ReadOnlySpan<string>)[ModelSpace, PaperSpace])
            {
                if (block.AsSpan(1).StartsWith(space.AsSpan(1), StringComparison.OrdinalIgnoreCase))
                    return space + block[space.Length..];
            }
        }
        return block;
    }
}
