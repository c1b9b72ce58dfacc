namespace PyBase.Notation.Materials;

/// <summary>What a material is made of, as far as its designation tells.</summary>
public enum MaterialFamily
{
    /// <summary>The designation does not tell.</summary>
    Unknown,
    /// <summary>Unalloyed steel.</summary>
    CarbonSteel,
    /// <summary>Alloy steel.</summary>
    AlloySteel,
    /// <summary>Stainless and heat-resistant steel.</summary>
    StainlessSteel,
    /// <summary>Tool and high-speed steel.</summary>
    ToolSteel,
    /// <summary>Cast iron.</summary>
    CastIron,
    /// <summary>Aluminium and its alloys.</summary>
    Aluminium,
    /// <summary>Copper and low alloyed copper.</summary>
    Copper,
    /// <summary>Copper with zinc.</summary>
    Brass,
    /// <summary>Copper with tin or aluminium.</summary>
    Bronze,
    /// <summary>Titanium and its alloys.</summary>
    Titanium,
    /// <summary>Nickel and its alloys.</summary>
    Nickel,
    /// <summary>Magnesium and its alloys.</summary>
    Magnesium,
    /// <summary>Zinc and its alloys.</summary>
    Zinc,
    /// <summary>Plastics.</summary>
    Plastic,
    /// <summary>Plastics with fibres.</summary>
    Composite,
    /// <summary>Ceramics.</summary>
    Ceramic,
    /// <summary>Rubber.</summary>
    Rubber,
}
