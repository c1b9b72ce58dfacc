using PyBase.Extraction.Dxf.Dimensions;
using PyBase.Extraction.Dxf.Records;
using PyBase.Extraction.Envelope;

namespace PyBase.Extraction.Dxf.Tables;

/// <summary>
/// DIMENSIONs of every kind: what was measured, what is shown, the deviations that style, extended data or stacked text give, and what
/// else the text says: a fit, how many there are, whether it is for reference.
/// </summary>
static class DimensionRows
{
    static readonly TableColumn[] Columns =
    [
        new("kind", ColumnType.Text), new("nominal", ColumnType.Number), new("unit", ColumnType.Text), new("measured", ColumnType.Number),
        new("displayed", ColumnType.Text), new("displayed_raw", ColumnType.Text), new("override", ColumnType.Text), new("suppressed", ColumnType.Boolean),
        new("upper", ColumnType.Number), new("lower", ColumnType.Number), new("tolerance_source", ColumnType.Text),
        new("fit", ColumnType.Text), new("count", ColumnType.Integer), new("reference", ColumnType.Boolean),
        new("prefix", ColumnType.Text), new("suffix", ColumnType.Text), new("dimstyle", ColumnType.Text), new("layer", ColumnType.Text),
        new("layout", ColumnType.Text), new("owner", ColumnType.Text),
    ];

    const double Computed = 0.8;

    public static ExtractedTable Build(DrawingView view)
    {
        var rows = view.Start("dimensions", Columns);
        foreach (var dimension in view.Drawing.Of<DimensionEntity>())
        {
            var kind = DimensionKinds.KindOf(dimension);
            var style = view.VariablesOf(dimension, kind);
            var reading = DimensionReading.Of(dimension, kind, style, view.TextsOf(dimension.BlockName));
            var owner = view.Spaces.OwnerOf(dimension);
            var unit = Unit(kind, style, view, dimension);
            var callout = DimensionNotation.Of(reading, kind, unit);
            var deviations = reading.Deviations ?? callout?.Deviations;
            rows.Add(view.Spaces.Locate(dimension), reading.IsDrawn && dimension.Stored is not null ? 1 : Computed, reading.Raw,
                kind.Name(), reading.Nominal, unit, reading.Measured, reading.Displayed, reading.Raw,
                dimension.Override.Length > 0 ? dimension.Override : null, reading.IsSuppressed, deviations?.Upper, deviations?.Lower,
                deviations?.Source, callout?.Fit, callout?.Count ?? 1, callout?.IsReference ?? false, reading.Prefix, reading.Suffix, dimension.Style, view.LayerOf(dimension), view.Spaces.LayoutOf(owner), owner);
        }
        return view.Finish(rows);
    }

    // Feet and inches are written of drawing units as if they were inches, whatever unit the file declares.
    static string? Unit(DimensionKind kind, DimensionVariables style, DrawingView view, DimensionEntity dimension)
    {
        if (kind.IsAngle())
            return "deg";
        if (style.LengthFormat is not (3 or 4))
            return view.Units.Length;
        if (view.Units is { Source: UnitSource.Declared, Length: not "in" })
            view.Findings.Warn(FindingCode.UnitsContradict, $"The file declares {view.Units.Length}, and dimensions count its units as inches.", view.Spaces.Locate(dimension));
        return "in";
    }
}
