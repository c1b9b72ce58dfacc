using PyBase.Extraction.Dxf.Records;

namespace PyBase.Extraction.Dxf.Dimensions;

/// <summary>The kinds of dimensions, by the low bits of group code 70.</summary>
enum DimensionKind
{
    Linear = 0,
    Aligned = 1,
    Angular = 2,
    Diameter = 3,
    Radius = 4,
    AngularThreePoint = 5,
    Ordinate = 6,
    ArcLength = 8,
    JoggedRadius = 9,
}

static class DimensionKinds
{
    static readonly string[] Names =
        ["linear", "aligned", "angular", "diameter", "radius", "angular_3_point", "ordinate", "", "arc_length", "jogged_radius"];

    public static DimensionKind KindOf(DimensionEntity dimension) => dimension.TypeName switch
    {
        // Of these the low bits say nothing reliable.
        "ARC_DIMENSION" => DimensionKind.ArcLength,
        "LARGE_RADIAL_DIMENSION" => DimensionKind.JoggedRadius,
        _ => (dimension.Flags & 15) switch
        {
            var low and (<= 6 or 8 or 9) => (DimensionKind)low,
            _ => DimensionKind.Linear,
        },
    };

    public static string Name(this DimensionKind kind) => Names[(int)kind];

    public static bool IsAngle(this DimensionKind kind) => kind is DimensionKind.Angular or DimensionKind.AngularThreePoint;

    /// <summary>The digit of the child style, <c>ISO-25$4</c> for radii, that holds for the kind before the style itself.</summary>
    public static int StyleFamily(this DimensionKind kind) => kind switch
    {
        DimensionKind.Angular or DimensionKind.AngularThreePoint or DimensionKind.ArcLength => 2,
        DimensionKind.Diameter => 3,
        DimensionKind.Radius or DimensionKind.JoggedRadius => 4,
        DimensionKind.Ordinate => 6,
        _ => 0,
    };
}
