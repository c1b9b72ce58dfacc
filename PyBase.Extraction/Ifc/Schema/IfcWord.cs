namespace PyBase.Extraction.Ifc;

/// <summary>
/// The entities beside objects and types whose attributes are read; IFC before the name makes the keyword. The positions of
/// what is read of them are the same in IFC2x3, IFC4 and IFC4x3: the newer schemas only append.
/// </summary>
enum IfcWord
{
    // IfcRelationship: GlobalId, OwnerHistory, Name, Description, then two that the first of each line shows.
    RelAggregates, RelNests,
    RelContainedInSpatialStructure,
    RelDefinesByProperties, RelOverridesProperties, RelDefinesByType,
    RelAssociatesMaterial, RelAssociatesClassification,
    RelAssignsToGroup, RelAssignsToGroupByFactor, RelServicesBuildings,
    RelVoidsElement, RelFillsElement, RelProjectsElement,

    // Name, Description, …
    PropertySet, ElementQuantity,
    PropertySingleValue, PropertyEnumeratedValue, PropertyEnumeration, PropertyListValue, PropertyBoundedValue,
    PropertyTableValue, PropertyReferenceValue, ComplexProperty,
    QuantityLength, QuantityArea, QuantityVolume, QuantityCount, QuantityWeight, QuantityTime, QuantityNumber,
    PhysicalComplexQuantity,

    Material, MaterialList,
    MaterialLayer, MaterialLayerWithOffsets, MaterialLayerSet, MaterialLayerSetUsage,
    MaterialProfile, MaterialProfileWithOffsets, MaterialProfileSet, MaterialProfileSetUsage, MaterialProfileSetUsageTapering,
    MaterialConstituent, MaterialConstituentSet,

    // ProfileType, ProfileName, …
    ArbitraryClosedProfileDef, ArbitraryOpenProfileDef, ArbitraryProfileDefWithVoids, AsymmetricIShapeProfileDef,
    CenterLineProfileDef, CircleHollowProfileDef, CircleProfileDef, CompositeProfileDef, CShapeProfileDef, DerivedProfileDef,
    EllipseProfileDef, IShapeProfileDef, LShapeProfileDef, MirroredProfileDef, RectangleHollowProfileDef, RectangleProfileDef,
    RoundedRectangleProfileDef, TrapeziumProfileDef, TShapeProfileDef, UShapeProfileDef, ZShapeProfileDef,

    Classification, ClassificationReference, ClassificationNotation, ClassificationNotationFacet,

    UnitAssignment, SIUnit, ConversionBasedUnit, ConversionBasedUnitWithOffset, DerivedUnit, DerivedUnitElement,
    MeasureWithUnit, MonetaryUnit, ContextDependentUnit,
}
