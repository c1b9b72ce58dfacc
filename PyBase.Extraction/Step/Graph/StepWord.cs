namespace PyBase.Extraction.Step;

/// <summary>
/// The entities that are read, in the order of <see cref="StepSchema.Keywords"/>: first those of <see cref="ProductInstances"/>, then
/// those that are listed by kind, and from <see cref="CartesianPoint"/> on those that are only ever reached by reference.
/// </summary>
enum StepWord
{
    Product, ProductDefinitionFormation, ProductDefinitionFormationWithSpecifiedSource, ProductDefinition,
    ProductDefinitionWithAssociatedDocuments, NextAssemblyUsageOccurrence, QuantifiedAssemblyComponentUsage,
    ProductDefinitionRelationship, DocumentFile, AppliedExternalIdentificationAssignment,
    MeasureWithUnit, RatioMeasureWithUnit, LengthMeasureWithUnit, AreaMeasureWithUnit, VolumeMeasureWithUnit, MassMeasureWithUnit, CountMeasureWithUnit,

    // Product data
    ProductCategory, ProductRelatedProductCategory, MakeFromUsageOption, AppliedDocumentReference, Document,
    PropertyDefinition, ProductDefinitionShape, GeneralProperty, GeneralPropertyAssociation, PropertyDefinitionRepresentation, ShapeDefinitionRepresentation,
    MaterialDesignation, MaterialDesignationCharacterization, MaterialProperty, MaterialPropertyRepresentation,
    ShapeAspect, CompositeShapeAspect, CompositeGroupShapeAspect, AllAroundShapeAspect, BetweenShapeAspect, ContinuousShapeAspect, CentreOfSymmetry, DerivedShapeAspect,
    ShapeAspectRelationship, ShapeAspectAssociativity, ShapeAspectDerivingRelationship, FeatureForDatumTargetRelationship, CharacterizedItemWithinRepresentation,

    // Representations
    Representation, ShapeRepresentation, AdvancedBrepShapeRepresentation, FacetedBrepShapeRepresentation, ManifoldSurfaceShapeRepresentation,
    GeometricallyBoundedWireframeShapeRepresentation, GeometricallyBoundedSurfaceShapeRepresentation, EdgeBasedWireframeShapeRepresentation, ShellBasedWireframeShapeRepresentation,
    ConstructiveGeometryRepresentation, CsgShapeRepresentation, TessellatedShapeRepresentation, ShapeDimensionRepresentation, DraughtingModel,
    RepresentationRelationship, ShapeRepresentationRelationship, ConstructiveGeometryRepresentationRelationship, RepresentationRelationshipWithTransformation,
    ContextDependentShapeRepresentation, ItemDefinedTransformation, RepresentationMap, MappedItem, CartesianTransformationOperator3d,
    GlobalUnitAssignedContext, GeometricRepresentationContext, RepresentationContext,

    // Units
    NamedUnit, SiUnit, ConversionBasedUnit, ConversionBasedUnitWithOffset, ContextDependentUnit, DerivedUnit, DerivedUnitElement, LengthUnit, PlaneAngleUnit, SolidAngleUnit, MassUnit,
    AreaUnit, VolumeUnit, RatioUnit, TimeUnit, ThermodynamicTemperatureUnit,
    PlaneAngleMeasureWithUnit, SolidAngleMeasureWithUnit, TimeMeasureWithUnit,

    // Values
    RepresentationItem, MeasureRepresentationItem, DescriptiveRepresentationItem, RealRepresentationItem, IntegerRepresentationItem, ValueRepresentationItem,
    BooleanRepresentationItem, CompoundRepresentationItem, QualifiedRepresentationItem, MeasureQualification, ValueFormatTypeQualifier, TypeQualifier, ValueRange,

    // Dimensions and tolerances
    DimensionalSize, DimensionalSizeWithPath, DimensionalSizeWithDatumFeature, DimensionalLocation, DimensionalLocationWithPath, DirectedDimensionalLocation, AngularSize, AngularLocation,
    DimensionalCharacteristicRepresentation, PlusMinusTolerance, ToleranceValue, LimitsAndFits,
    GeometricTolerance, AngularityTolerance, CircularRunoutTolerance, CoaxialityTolerance, ConcentricityTolerance, CylindricityTolerance, FlatnessTolerance, LineProfileTolerance,
    ParallelismTolerance, PerpendicularityTolerance, PositionTolerance, RoundnessTolerance, StraightnessTolerance, SurfaceProfileTolerance, SymmetryTolerance, TotalRunoutTolerance,
    GeometricToleranceWithDatumReference, GeometricToleranceWithModifiers, GeometricToleranceWithDefinedUnit, GeometricToleranceWithDefinedAreaUnit, GeometricToleranceWithMaximumTolerance,
    ModifiedGeometricTolerance, UnequallyDisposedGeometricTolerance, GeometricToleranceRelationship, ToleranceZone, ToleranceZoneForm, ProjectedZoneDefinition,
    Datum, CommonDatum, DatumFeature, DatumSystem, DatumReference, ReferencedModifiedDatum, DatumReferenceCompartment, DatumReferenceElement, DatumReferenceModifierWithValue,
    DatumTarget, PlacedDatumTargetFeature,
    CameraModelD3, ModelGeometricView, DefaultModelGeometricView,

    // Presentation
    StyledItem, OverRidingStyledItem, PresentationLayerAssignment, PresentationStyleAssignment, PresentationStyleByContext, SurfaceStyleUsage, SurfaceSideStyle, SurfaceStyleFillArea, FillAreaStyle, FillAreaStyleColour,
    SurfaceStyleRendering, SurfaceStyleRenderingWithProperties, ColourRgb, DraughtingPreDefinedColour, PreDefinedColour,

    // Geometry and topology
    CartesianPoint, Direction, Vector, Axis1Placement, Axis2Placement3d, VertexPoint, VertexLoop, EdgeCurve, OrientedEdge, Edge, SubEdge, EdgeLoop, PolyLoop, FaceBound, FaceOuterBound,
    AdvancedFace, FaceSurface, Face, OrientedFace, ClosedShell, OpenShell, OrientedClosedShell, OrientedOpenShell, ConnectedFaceSet, ConnectedFaceSubSet, ConnectedEdgeSet, WireShell, VertexShell,
    ManifoldSolidBrep, BrepWithVoids, FacetedBrep, ShellBasedSurfaceModel, FaceBasedSurfaceModel, EdgeBasedWireframeModel, ShellBasedWireframeModel, GeometricSet, GeometricCurveSet,
    Line, Circle, Ellipse, Parabola, Hyperbola, Polyline, TrimmedCurve, CompositeCurve, CompositeCurveSegment, ReparametrisedCompositeCurveSegment, SurfaceCurve, SeamCurve, IntersectionCurve, BoundedSurfaceCurve,
    BSplineCurve, BSplineCurveWithKnots, BezierCurve, UniformCurve, QuasiUniformCurve, RationalBSplineCurve,
    Plane, CylindricalSurface, ConicalSurface, SphericalSurface, ToroidalSurface, DegenerateToroidalSurface, SurfaceOfRevolution, SurfaceOfLinearExtrusion, RectangularTrimmedSurface, CurveBoundedSurface, OffsetSurface,
    BSplineSurface, BSplineSurfaceWithKnots, BezierSurface, UniformSurface, QuasiUniformSurface, RationalBSplineSurface,
    TessellatedSolid, TessellatedShell, TessellatedWire, ComplexTriangulatedFace, TriangulatedFace, CubicBezierTriangulatedFace, CubicBezierTessellatedEdge, TessellatedEdge, CoordinatesList,
}
