using System.Globalization;
using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Step;

/// <summary>
/// Dimensions, tolerances and datums of one file (ISO 10303-47, AP242). Entities with several supertypes are written in parts:
/// <code>
/// DIMENSIONAL_SIZE(applies_to, name); DIMENSIONAL_LOCATION(name, description, relating, related)
/// DIMENSIONAL_CHARACTERISTIC_REPRESENTATION(dimension, representation) whose items are 'nominal value', 'upper limit', 'lower limit'
/// PLUS_MINUS_TOLERANCE(range, dimension); TOLERANCE_VALUE(lower, upper); LIMITS_AND_FITS(form, zone, grade, source)
/// (GEOMETRIC_TOLERANCE(name, description, magnitude, feature) GEOMETRIC_TOLERANCE_WITH_DATUM_REFERENCE((#system))
///  GEOMETRIC_TOLERANCE_WITH_MODIFIERS((.MAXIMUM_MATERIAL_REQUIREMENT.)) POSITION_TOLERANCE())
/// DATUM_SYSTEM(name, description, shape, definitional, (compartments)); DATUM_REFERENCE_COMPARTMENT(…, base, modifiers)
/// </code>
/// </summary>
sealed class PmiReader
{
    static readonly StepWord[] Characteristics =
    [
        StepWord.AngularityTolerance, StepWord.CircularRunoutTolerance, StepWord.CoaxialityTolerance, StepWord.ConcentricityTolerance, StepWord.CylindricityTolerance,
        StepWord.FlatnessTolerance, StepWord.LineProfileTolerance, StepWord.ParallelismTolerance, StepWord.PerpendicularityTolerance, StepWord.PositionTolerance,
        StepWord.RoundnessTolerance, StepWord.StraightnessTolerance, StepWord.SurfaceProfileTolerance, StepWord.SymmetryTolerance, StepWord.TotalRunoutTolerance,
    ];

    readonly StepFile file;
    readonly StepGraph graph;
    readonly PropertyReader owners;
    readonly FindingList findings;
    readonly Dictionary<int, int> representations = [];
    readonly Dictionary<int, List<int>> ranges = [];
    readonly Dictionary<int, List<int>> zones = [];
    readonly Dictionary<int, double?> projected = [];
    readonly Dictionary<int, string> measureDecimals = [];
    readonly Dictionary<int, (int Upper, int Index)> composites = [];

    public PmiReader(StepFile file, PropertyReader owners, FindingList findings)
    {
        this.file = file;
        graph = file.Graph;
        this.owners = owners;
        this.findings = findings;
        foreach (var link in graph.Of(StepWord.DimensionalCharacteristicRepresentation))
            representations.TryAdd(graph.Reference(link, 0), graph.Reference(link, 1));
        foreach (var tolerance in graph.Of(StepWord.PlusMinusTolerance))
            Add(ranges, graph.Reference(tolerance, 1), graph.Reference(tolerance, 0));
        foreach (var zone in graph.Of(StepWord.ToleranceZone))
        {
            // TOLERANCE_ZONE(name, description, shape, definitional, defining_tolerance, form)
            foreach (var tolerance in graph.Targets(zone, 4, StepWord.ToleranceZone, 0))
                Add(zones, tolerance, zone);
        }
        // PROJECTED_ZONE_DEFINITION(zone, boundaries, projection_end, projected_length)
        foreach (var projection in graph.Of(StepWord.ProjectedZoneDefinition))
            projected.TryAdd(graph.Reference(projection, 0), Clean(file.Units.Measure(graph.Reference(projection, 3)).Value));
        FindQualified();
        FindComposites();
    }

    /// <summary>The characteristic of a geometric tolerance; null for anything else.</summary>
    public static string? Characteristic(StepGraph graph, int place) =>
        graph.Kind(place, Characteristics) is { } word ? StepSchema.Readable(word)[..^" tolerance".Length]
        : graph.Is(place, StepWord.GeometricTolerance) ? "general" : null;

    public IEnumerable<StepDimension> Dimensions()
    {
        foreach (var place in graph.Of(
            StepWord.DimensionalSize, StepWord.DimensionalSizeWithPath, StepWord.DimensionalSizeWithDatumFeature, StepWord.AngularSize,
            StepWord.DimensionalLocation, StepWord.DimensionalLocationWithPath, StepWord.DirectedDimensionalLocation, StepWord.AngularLocation))
            yield return Dimension(place);
    }

    public IEnumerable<StepTolerance> Tolerances() => graph.Of([StepWord.GeometricTolerance, .. Characteristics]).Select(Tolerance);

    public IEnumerable<StepDatum> Datums()
    {
        // SHAPE_ASPECT_RELATIONSHIP(name, description, feature, datum)
        var features = new Dictionary<int, int>();
        var datums = new Dictionary<int, int>();
        foreach (var link in graph.Of(StepWord.ShapeAspectRelationship, StepWord.FeatureForDatumTargetRelationship))
        {
            var (relating, related) = (graph.Reference(link, 2, StepWord.ShapeAspectRelationship, 2), graph.Reference(link, 3, StepWord.ShapeAspectRelationship, 3));
            if (relating < 0 || !graph.Is(related, StepWord.Datum))
                continue;
            datums.TryAdd(relating, related);
            if (graph.Is(relating, StepWord.DatumFeature))
                features.TryAdd(related, relating);
        }
        foreach (var datum in graph.Of(StepWord.Datum))
            yield return new StepDatum(Letter(datum), null, features.TryGetValue(datum, out var feature) ? Feature(feature) : null, owners.OwnerOf(datum).Node, datum);
        foreach (var target in graph.Of(StepWord.DatumTarget, StepWord.PlacedDatumTargetFeature))
        {
            // PLACED_DATUM_TARGET_FEATURE(name, description, shape, definitional, target_id); SHAPE_ASPECT_RELATIONSHIP(…, target, datum)
            var id = graph.Text(target, 4, StepWord.DatumTarget, 0);
            var letter = datums.GetValueOrDefault(target, -1);
            yield return new StepDatum(letter < 0 ? "" : Letter(letter), id, Feature(target), owners.OwnerOf(target).Node, target);
        }
    }

    StepDimension Dimension(int place)
    {
        var isSize = graph.Kind(place, StepWord.DimensionalSize, StepWord.DimensionalSizeWithPath, StepWord.DimensionalSizeWithDatumFeature, StepWord.AngularSize) is not null;
        var isAngle = graph.Kind(place, StepWord.AngularSize, StepWord.AngularLocation) is not null;
        var isPath = graph.Kind(place, StepWord.DimensionalSizeWithPath, StepWord.DimensionalLocationWithPath) is not null;
        var kind = isPath ? "curve length" : (isAngle ? "angular " : "") + (isSize ? "size" : "location");
        var name = isSize ? graph.Text(place, 1, StepWord.DimensionalSize, 1) : graph.Text(place, 0, StepWord.ShapeAspectRelationship, 0);
        var aspect = isSize ? graph.Reference(place, 0, StepWord.DimensionalSize, 0) : graph.Reference(place, 2, StepWord.ShapeAspectRelationship, 2);
        var dimension = new StepDimension(kind, name, null, null, null, null, null, null, null, null, false, false, null, FeaturesOf(place, isSize), owners.OwnerOf(aspect).Node, place);
        if (representations.TryGetValue(place, out var rep) && rep >= 0)
            dimension = WithValues(dimension, rep);
        foreach (var range in ranges.GetValueOrDefault(place, []))
            dimension = WithRange(dimension, range);
        if (dimension.Nominal is { } nominal)
        {
            dimension = dimension with
            {
                UpperLimit = dimension.UpperLimit ?? Clean(nominal + dimension.Upper),
                LowerLimit = dimension.LowerLimit ?? Clean(nominal + dimension.Lower),
                Upper = dimension.Upper ?? Clean(dimension.UpperLimit - nominal),
                Lower = dimension.Lower ?? Clean(dimension.LowerLimit - nominal),
            };
        }
        if (dimension.Nominal is null && dimension.UpperLimit is null && dimension.LowerLimit is null)
            findings.Tell(StepFindingCode.DimensionWithoutValue, "A dimension has no value.", file.Locator(place));
        return dimension;
    }

    StepDimension WithValues(StepDimension dimension, int rep)
    {
        List<string> modifiers = [];
        foreach (var item in graph.Targets(rep, 1, StepWord.Representation, 1))
        {
            if (graph.Word(item) == StepWord.DescriptiveRepresentationItem)
            {
                // DESCRIPTIVE_REPRESENTATION_ITEM('dimensional note','auxiliary')
                var note = graph.Text(item, 1);
                dimension = dimension with { IsReference = dimension.IsReference || note == "auxiliary", IsBasic = dimension.IsBasic || note == "theoretical" };
                if (note is not ("auxiliary" or "theoretical") && note.Length > 0)
                    modifiers.Add(note);
                continue;
            }
            if (graph.Word(item) == StepWord.CompoundRepresentationItem)
            {
                modifiers.AddRange(graph.Targets(item, 1).Select(inner => graph.Text(inner, 1)).Where(text => text.Length > 0));
                continue;
            }
            var (value, unit) = file.Units.Measure(item);
            if (value is null)
                continue;
            var name = graph.Text(item, 0, StepWord.RepresentationItem, 0);
            var clean = Clean(value);
            dimension = name switch
            {
                "upper limit" => dimension with { UpperLimit = clean },
                "lower limit" => dimension with { LowerLimit = clean },
                _ => dimension with { Nominal = dimension.Nominal ?? clean, Decimals = dimension.Decimals ?? Decimals(item) },
            };
            dimension = dimension with { Unit = dimension.Unit ?? unit?.Symbol, Decimals = dimension.Decimals ?? Decimals(item) };
        }
        return dimension with { Modifiers = modifiers.Count == 0 ? null : string.Join("; ", modifiers) };
    }

    StepDimension WithRange(StepDimension dimension, int range)
    {
        switch (graph.Word(range))
        {
            case StepWord.ToleranceValue:
                var (lower, unit) = file.Units.Measure(graph.Reference(range, 0));
                var (upper, other) = file.Units.Measure(graph.Reference(range, 1));
                // A deviation may be in another unit than the value.
                return dimension with { Lower = Clean(In(lower, unit, dimension)), Upper = Clean(In(upper, other, dimension)), Unit = dimension.Unit ?? unit?.Symbol ?? other?.Symbol };
            case StepWord.LimitsAndFits:
                return dimension with { Fit = graph.Text(range, 0) + graph.Text(range, 2) };
            default:
                return dimension;
        }
    }

    double? In(double? deviation, StepUnit? unit, StepDimension dimension)
    {
        if (deviation is null || unit is null || dimension.Unit is null || dimension.Unit == unit.Symbol || !representations.TryGetValue(dimension.Place, out var rep))
            return deviation;
        var own = graph.Targets(rep, 1, StepWord.Representation, 1).Select(item => file.Units.Measure(item).Unit).FirstOrDefault(each => each is not null);
        return own is not null && own.Kind == unit.Kind && own.Kind is not StepUnitKind.Other ? deviation * unit.Factor / own.Factor : deviation;
    }

    StepTolerance Tolerance(int place)
    {
        var magnitude = graph.Reference(place, 2, StepWord.GeometricTolerance, 2);
        var aspect = graph.Reference(place, 3, StepWord.GeometricTolerance, 3);
        var (value, unit) = file.Units.Measure(magnitude);
        if (value is null)
            findings.Warn(StepFindingCode.ToleranceWithoutValue, "A geometric tolerance has no value.", file.Locator(place));
        var own = zones.GetValueOrDefault(place, []);
        var forms = own.Select(zone => graph.Text(graph.Reference(zone, 5, StepWord.ToleranceZone, 1), 0)).Where(form => form.Length > 0).Distinct().ToList();
        var zone = forms.Count == 0 ? null : string.Join("; ", forms);
        List<string> modifiers = [];
        AddModifiers(place, StepWord.GeometricToleranceWithModifiers, 0, 4, modifiers);
        AddModifiers(place, StepWord.ModifiedGeometricTolerance, 0, 4, modifiers);
        return new StepTolerance(
            Characteristic(graph, place)!, graph.Text(place, 0, StepWord.GeometricTolerance, 0), Clean(value), unit?.Symbol, zone,
            forms.Exists(form => form.Contains("circular", StringComparison.OrdinalIgnoreCase) || form.Contains("spherical", StringComparison.OrdinalIgnoreCase)),
            modifiers.Count == 0 ? null : string.Join("; ", modifiers), DatumsOf(place),
            Part(place, StepWord.GeometricToleranceWithDefinedUnit), Part(place, StepWord.GeometricToleranceWithDefinedAreaUnit, 1), Part(place, StepWord.GeometricToleranceWithMaximumTolerance),
            own.Select(each => projected.GetValueOrDefault(each)).FirstOrDefault(each => each is not null), Part(place, StepWord.UnequallyDisposedGeometricTolerance),
            composites.TryGetValue(place, out var composite) ? composite.Index : null,
            graph.Is(aspect, StepWord.AllAroundShapeAspect) ? "all around" : graph.Is(aspect, StepWord.BetweenShapeAspect) ? "between" : null,
            Feature(aspect), owners.OwnerOf(aspect).Node, place);
    }

    // The entities that add one measure: a part of their own, or behind the four attributes of a tolerance that has no datums.
    double? Part(int place, StepWord word, int position = 0)
    {
        if (!graph.TryPart(place, word, out var part) || !part.Skip((graph.IsComplex(place) ? 0 : 4) + position + 1))
            return null;
        return Clean(file.Units.Measure(graph.Target(part)).Value);
    }

    void AddModifiers(int place, StepWord word, int partPosition, int position, List<string> modifiers)
    {
        if (!graph.TryPart(place, word, out var part) || !part.Skip((graph.IsComplex(place) ? partPosition : position) + 1))
            return;
        if (part.Kind == ArgumentKind.Enumeration)
            modifiers.Add(Modifier(part.Enumeration().ToName()));
        var items = part.Items();
        while (items.Next())
            modifiers.Add(Modifier(items.Enumeration().ToName()));
    }

    string? DatumsOf(int place)
    {
        List<int> references;
        if (graph.IsComplex(place))
            references = graph.TryPart(place, StepWord.GeometricToleranceWithDatumReference, out var part) && part.Next() ? graph.Targets(part) : [];
        else
            references = graph.Targets(place, 4);
        if (references.Count == 0)
            return null;
        // New: systems of compartments in order. Old: references that say their precedence.
        var compartments = references.Where(each => graph.Is(each, StepWord.DatumSystem)).SelectMany(each => graph.Targets(each, 4, StepWord.DatumSystem, 0)).ToList();
        if (compartments.Count > 0)
            return string.Join('|', compartments.Select(each => Compartment(each, 0)));
        var old = references.Where(each => graph.Kind(each, StepWord.DatumReference, StepWord.ReferencedModifiedDatum) is not null)
            .OrderBy(each => file.Graph.Arguments(each) is var arguments && arguments.Next() && arguments.TryNumber(out var precedence) ? precedence : double.MaxValue)
            .Select(OldReference).ToList();
        return old.Count == 0 ? null : string.Join('|', old);
    }

    // DATUM_REFERENCE(precedence, referenced_datum); REFERENCED_MODIFIED_DATUM(precedence, referenced_datum, modifier)
    string OldReference(int place)
    {
        var letter = Letter(graph.Reference(place, 1));
        var arguments = graph.Arguments(place);
        return arguments.Skip(3) && arguments.Kind == ArgumentKind.Enumeration ? $"{letter}({Modifier(arguments.Enumeration().ToName())})" : letter;
    }

    // DATUM_REFERENCE_COMPARTMENT(name, description, shape, definitional, base, modifiers), and DATUM_REFERENCE_ELEMENT the same.
    string Compartment(int place, int depth)
    {
        var text = "";
        if (Attribute(place, 4, out var based))
        {
            if (graph.Target(based) is >= 0 and var datum)
                text = Letter(datum);
            else if (depth < 3)
                text = string.Join('-', Wrapped(based).Select(each => graph.Is(each, StepWord.Datum) ? Letter(each) : Compartment(each, depth + 1)));
        }
        List<string> modifiers = [];
        if (Attribute(place, 5, out var list))
        {
            var items = list.Items();
            while (items.Next())
            {
                if (items.Kind == ArgumentKind.Reference)
                {
                    // DATUM_REFERENCE_MODIFIER_WITH_VALUE(type, value)
                    var valued = graph.Target(items);
                    var type = graph.Arguments(valued);
                    if (type.Next())
                        modifiers.Add($"{Modifier(type.Enumeration().ToName())} {Clean(file.Units.Measure(graph.Reference(valued, 1)).Value)?.ToString("R", CultureInfo.InvariantCulture)}".TrimEnd());
                    continue;
                }
                var inner = items.Items();
                modifiers.Add(Modifier((inner.Next() ? inner.Enumeration() : items.Enumeration()).ToName()));
            }
        }
        return text + string.Concat(modifiers.Where(each => each.Length > 0).Select(each => $"({each})"));
    }

    // In parts, base and modifiers are those of GENERAL_DATUM_REFERENCE, which only real subtypes have; so far nobody writes them so.
    bool Attribute(int compartment, int position, out ArgumentReader attribute) =>
        graph.TryAttribute(compartment, position, StepWord.DatumReferenceCompartment, position - 4, out attribute);

    // COMMON_DATUM_LIST((#1,#2))
    List<int> Wrapped(ArgumentReader typed)
    {
        var direct = graph.Targets(typed);
        if (direct.Count > 0)
            return direct;
        var inner = typed.Items();
        return inner.Next() ? graph.Targets(inner) : [];
    }

    string Letter(int datum) => graph.Text(datum, 4, StepWord.Datum, 0);

    string? Feature(int aspect) => aspect < 0 ? null : graph.Text(aspect, 0, StepWord.ShapeAspect, 0) is { Length: > 0 } name ? name : null;

    string? FeaturesOf(int dimension, bool isSize)
    {
        if (isSize)
            return Feature(graph.Reference(dimension, 0, StepWord.DimensionalSize, 0));
        var (from, to) = (Feature(graph.Reference(dimension, 2, StepWord.ShapeAspectRelationship, 2)), Feature(graph.Reference(dimension, 3, StepWord.ShapeAspectRelationship, 3)));
        return from is null || to is null ? from ?? to : $"{from} – {to}";
    }

    /// <summary>'NR2 1.3' shows three places behind the point.</summary>
    int? Decimals(int item)
    {
        string? format = null;
        if (graph.TryPart(item, StepWord.QualifiedRepresentationItem, out var part) && part.Next())
            format = graph.Targets(part).Where(each => graph.Word(each) == StepWord.ValueFormatTypeQualifier).Select(each => graph.Text(each, 0)).FirstOrDefault();
        format ??= measureDecimals.GetValueOrDefault(item);
        var point = format?.LastIndexOf('.') ?? -1;
        return point >= 0 && int.TryParse(format.AsSpan(point + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var places) && places <= 20 ? places : null;
    }

    // MEASURE_QUALIFICATION(name, description, qualified_measure, qualifiers)
    void FindQualified()
    {
        foreach (var qualification in graph.Of(StepWord.MeasureQualification))
        {
            var format = graph.Targets(qualification, 3).Where(each => graph.Word(each) == StepWord.ValueFormatTypeQualifier).Select(each => graph.Text(each, 0)).FirstOrDefault();
            if (format is not null && graph.Reference(qualification, 2) is >= 0 and var measure)
                measureDecimals.TryAdd(measure, format);
        }
    }

    // GEOMETRIC_TOLERANCE_RELATIONSHIP('composite', description, upper, lower): each lower one counts on from its upper one.
    void FindComposites()
    {
        var counts = new Dictionary<int, int>();
        foreach (var link in graph.Of(StepWord.GeometricToleranceRelationship))
        {
            if (!graph.Text(link, 0).Contains("composite", StringComparison.OrdinalIgnoreCase) || graph.Reference(link, 2) is not (>= 0 and var upper) || graph.Reference(link, 3) is not (>= 0 and var lower))
                continue;
            composites.TryAdd(upper, (upper, 1));
            var top = composites[upper].Upper;
            if (composites.TryAdd(lower, (top, counts.GetValueOrDefault(top, 1) + 1)))
                counts[top] = composites[lower].Index;
        }
    }

    static string Modifier(string name) => name switch
    {
        "MAXIMUM_MATERIAL_REQUIREMENT" or "MAXIMUM_MATERIAL_CONDITION" => "M",
        "LEAST_MATERIAL_REQUIREMENT" or "LEAST_MATERIAL_CONDITION" => "L",
        "REGARDLESS_OF_FEATURE_SIZE" => "S",
        "RECIPROCITY_REQUIREMENT" => "R",
        "FREE_STATE" => "F",
        "TANGENT_PLANE" => "T",
        "STATISTICAL_TOLERANCE" => "ST",
        "COMMON_ZONE" => "CZ",
        "SEPARATE_REQUIREMENT" => "SEP REQT",
        "TRANSLATION" => "translation",
        _ => name.ToLowerInvariant().Replace('_', ' '),
    };

    /// <summary>0.05, where a program's arithmetic left 0.0500000000002; a number with more digits of its own stays.</summary>
    public static double? Clean(double? value)
    {
        if (value is not { } number || number == 0)
            return value is null ? null : 0;
        var rounded = double.Parse(number.ToString("E8", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Math.Abs(rounded - number) <= 2e-10 * Math.Abs(number) ? rounded : number;
    }

    static void Add(Dictionary<int, List<int>> lists, int key, int value)
    {
        if (key < 0 || value < 0)
            return;
        if (!lists.TryGetValue(key, out var list))
            lists.Add(key, list = []);
        list.Add(value);
    }
}
