namespace PyBase.Notation.Materials;

/// <summary>The system a designation belongs to.</summary>
public enum MaterialStandard
{
    /// <summary>EN 10027-2, material numbers: 1.4301.</summary>
    EnNumber,
    /// <summary>EN 10027-1, short names of steels: S235JR, X5CrNi18-10.</summary>
    EnSteel,
    /// <summary>EN 573 and EN 1780: EN AW-6061, EN AC-43000.</summary>
    EnAluminium,
    /// <summary>EN 1412 and EN 1173: CW614N, CuZn39Pb3.</summary>
    EnCopper,
    /// <summary>EN 1560: EN-GJL-250.</summary>
    EnCastIron,
    /// <summary>ISO 185, ISO 1083: ISO 185/JL/250.</summary>
    IsoCastIron,
    /// <summary>Names of earlier DIN standards: St37-2, GG-25.</summary>
    Din,
    /// <summary>AISI and SAE J403, J404: 4140, 304L, D2.</summary>
    Aisi,
    /// <summary>Unified numbering system (ASTM E527, SAE J1086): S30400.</summary>
    Uns,
    /// <summary>ASTM specifications: A36, A240.</summary>
    Astm,
    /// <summary>Aluminum Association (ANSI H35.1): 6061-T6.</summary>
    AluminumAssociation,
    /// <summary>JIS G and H: SUS304, S45C.</summary>
    Jis,
    /// <summary>GB/T 700, GB/T 1591: Q235B.</summary>
    Gb,
    /// <summary>ISO 1043-1 and ISO 1629, abbreviations of plastics and rubber: PA66-GF30, NBR.</summary>
    IsoPolymer,
    /// <summary>Names of the trade: Inconel 718, Ti-6Al-4V.</summary>
    Trade,
}
