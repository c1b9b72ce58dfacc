using PyBase.Notation.Units;

namespace PyBase.Notation.Surfaces;

/// <summary>A texture parameter of ISO 21920-2:2021 (ISO 4287 before), ISO 25178-2 or older drawings.</summary>
/// <param name="Symbol">How it is written: Ra.</param>
/// <param name="Name">English name.</param>
/// <param name="Unit">Usual unit; null for a number without unit.</param>
/// <param name="MayBeNegative">True for skewness.</param>
public sealed record SurfaceParameter(string Symbol, string Name, Unit? Unit, bool MayBeNegative = false)
{
    /// <summary>Arithmetical mean height, meant when a drawing names no parameter.</summary>
    public static SurfaceParameter Ra { get; } = new("Ra", "arithmetic mean height", LengthUnits.Micrometre);

    /// <summary>Every parameter; a new one is a line.</summary>
    public static IReadOnlyList<SurfaceParameter> All { get; } =
    [
        Ra,
        new("Rz", "maximum height per section", LengthUnits.Micrometre),
        new("Rzx", "largest height of a section length (ISO 21920-2)", LengthUnits.Micrometre),
        new("Rz1max", "largest single height, Rzx today", LengthUnits.Micrometre),
        new("Rmax", "largest single height (DIN 4768), Rzx today", LengthUnits.Micrometre),
        new("Rq", "root mean square height", LengthUnits.Micrometre),
        new("Rt", "total height", LengthUnits.Micrometre),
        new("Rp", "mean peak height", LengthUnits.Micrometre),
        new("Rv", "mean pit depth", LengthUnits.Micrometre),
        new("Rc", "mean height of elements", LengthUnits.Micrometre),
        new("Rsk", "skewness", null, MayBeNegative: true),
        new("Rku", "kurtosis", null),
        new("RSm", "mean spacing of elements", LengthUnits.Micrometre),
        new("Rk", "core height", LengthUnits.Micrometre),
        new("Rpk", "reduced peak height", LengthUnits.Micrometre),
        new("Rvk", "reduced dale height", LengthUnits.Micrometre),
        new("Pa", "arithmetic mean height of the primary profile", LengthUnits.Micrometre),
        new("Pz", "maximum height of the primary profile", LengthUnits.Micrometre),
        new("Pt", "total height of the primary profile", LengthUnits.Micrometre),
        new("Wa", "arithmetic mean height of waviness", LengthUnits.Micrometre),
        new("Wz", "maximum height of waviness", LengthUnits.Micrometre),
        new("Wt", "total height of waviness", LengthUnits.Micrometre),
        new("Sa", "arithmetical mean height of a surface", LengthUnits.Micrometre),
        new("Sq", "root mean square height of a surface", LengthUnits.Micrometre),
        new("Sz", "maximum height of a surface", LengthUnits.Micrometre),
        new("RMS", "root mean square height, Rq today", LengthUnits.Micrometre),
    ];
}
