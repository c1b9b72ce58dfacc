using PyBase.Extraction.Dxf.Content;
using PyBase.Extraction.Dxf.Dimensions;
using PyBase.Extraction.Dxf.Records;
using PyBase.Extraction.Envelope;

namespace PyBase.Extraction.Dxf.Tables;

/// <summary>A drawing with its references followed, from which the tables are made.</summary>
sealed class DrawingView
{
    const int MostConstants = 32;

    // In the order they are handed out.
    static readonly Func<DrawingView, ExtractedTable>[] Builders =
    [
        LayerRows.Build, StyleRows.Build, LayoutRows.Build, BlockRows.Build, TextRows.Build, InsertRows.Build, InsertRows.BuildAttributes,
        DimensionRows.Build, ToleranceRows.Build, LeaderRows.Build, TableRows.Build, XrefRows.Build, TitleBlockRows.Build, BomRows.Build,
        LayoutRows.BuildSummary,
    ];

    readonly Dictionary<string, DimensionStyle> styles = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<int, List<TextEntity>> textsOfBlocks = [];
    readonly Dictionary<ulong, DxfRecord> annotations = [];
    readonly Dictionary<int, InsertAttribute[]> constantsOfBlocks;
    readonly Dictionary<InsertEntity, bool> titleBlocks = [];
    readonly int maxRows;
    int drawnLeft;

    public DrawingView(Drawing drawing, FindingList findings, DxfOptions options, CancellationToken cancellationToken)
    {
        (Drawing, Findings, Cancellation, maxRows) = (drawing, findings, cancellationToken, options.MaxRows);
        Spaces = new Spaces(drawing, cancellationToken);
        List<TextEntity> constants = [];
        foreach (var style in drawing.Of<DimensionStyle>())
            styles.TryAdd(style.Name, style);
        foreach (var text in drawing.Of<TextEntity>())
        {
            if ((annotations.Count & 0xFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            annotations.TryAdd(text.Handle, text);
            if (text.Block < 0)
                continue;
            if (text.IsDefinition)
            {
                if ((text.Flags & InsertAttribute.Constant) != 0)
                    constants.Add(text);
                continue;
            }
            if (!textsOfBlocks.TryGetValue(text.Block, out var list))
                textsOfBlocks.Add(text.Block, list = []);
            list.Add(text);
        }
        foreach (var tolerance in drawing.Of<ToleranceEntity>())
            annotations.TryAdd(tolerance.Handle, tolerance);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var insert in drawing.Of<InsertEntity>())
            annotations.TryAdd(insert.Handle, insert);
        cancellationToken.ThrowIfCancellationRequested();
        // A block has a few; many would be repeated at each of its references.
        constantsOfBlocks = constants.GroupBy(text => text.Block)
            .ToDictionary(block => block.Key, block => block.Take(MostConstants).Select(text => InsertAttribute.Of(text, LayerOf(text), isConstant: true)).ToArray());
        drawnLeft = options.MaxRows;
        Units = DrawingUnits.Of(drawing, findings);
    }

    public Drawing Drawing { get; }
    public Spaces Spaces { get; }
    public FindingList Findings { get; }
    public ExtractionUnits Units { get; }
    public CancellationToken Cancellation { get; }

    /// <summary>Whether a table was cut.</summary>
    public bool IsCut { get; private set; }

    /// <summary>All tables that have rows.</summary>
    public List<ExtractedTable> Tables() => [.. Builders.Select(build => build(this)).Where(table => table.RowCount > 0)];

    public TableBuilder Start(string kind, IReadOnlyList<TableColumn> columns) => new(kind, columns, maxRows, Cancellation);

    public ExtractedTable Finish(TableBuilder builder)
    {
        var table = builder.Build();
        if (builder.IsCut)
        {
            IsCut = true;
            Findings.Warn(FindingCode.RowsCut, $"The table '{table.Kind}' has more rows than the limit of {maxRows:N0}; the rest was left out.");
        }
        return table;
    }

    public string LayerOf(DxfRecord entity) => Drawing.Layers[entity.Layer];

    /// <summary>The entity of a handle that a leader points at, or null.</summary>
    public DxfRecord? Annotation(ulong handle) => handle == 0 ? null : annotations.GetValueOrDefault(handle);

    /// <summary>The attributes that follow an INSERT, then the constant ones of its block.</summary>
    public IEnumerable<InsertAttribute> AttributesOf(InsertEntity insert)
    {
        foreach (var attribute in insert.Attributes)
            yield return InsertAttribute.Of(attribute, LayerOf(attribute));
        if (constantsOfBlocks.Count == 0 || Spaces.BlockOf(insert.BlockName) is not { } block || !constantsOfBlocks.TryGetValue(block, out var values))
            yield break;
        foreach (var constant in values)
            yield return constant;
    }

    /// <summary>The texts of a block that draws a table; in all no more than the limit of rows, whatever tables share a block.</summary>
    public List<TextEntity> TakeDrawnTexts(string block)
    {
        List<TextEntity> texts = [.. TextsOf(block).Take(drawnLeft)];
        drawnLeft -= texts.Count;
        return texts;
    }

    /// <summary>Whether a reference is a title block; see <see cref="TitleBlockRows"/>.</summary>
    public bool IsTitleBlock(InsertEntity insert)
    {
        if (!titleBlocks.TryGetValue(insert, out var isTitleBlock))
            titleBlocks.Add(insert, isTitleBlock = TitleBlockRows.IsTitleBlock(insert, this));
        return isTitleBlock;
    }

    /// <summary>The texts that stand in a block, attribute definitions not among them.</summary>
    public IReadOnlyList<TextEntity> TextsOf(string block) =>
        Spaces.BlockOf(block) is { } place && textsOfBlocks.TryGetValue(place, out var texts) ? texts : [];

    /// <summary>The variables in force for a dimension.</summary>
    public DimensionVariables VariablesOf(DimensionEntity dimension, DimensionKind kind)
    {
        var name = dimension.Style.Length > 0 ? dimension.Style : Drawing.Header.DimensionStyle;
        var header = Drawing.Header.DimensionVariables;
        var style = styles.GetValueOrDefault(name)?.Variables;
        if (styles.GetValueOrDefault($"{name}${kind.StyleFamily()}")?.Variables is { } child)
            style = child;
        var variables = style ?? header;
        return DimensionVariables.Overrides(dimension, variables) ?? variables;
    }
}
