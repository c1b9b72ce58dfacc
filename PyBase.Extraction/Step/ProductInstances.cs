using System.Globalization;
using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Step;

/// <summary>
/// The instances that make up product structure (ISO 10303-41 and -44), as they stand in the file, references not followed:
/// <code>
/// #10=PRODUCT(id,name,description,(contexts));
/// #14=PRODUCT_DEFINITION_FORMATION(id,description,#10);
/// #15=PRODUCT_DEFINITION(id,description,#14,context);
/// #90=NEXT_ASSEMBLY_USAGE_OCCURRENCE(id,name,description,#parent,#child,designator);
/// #91=(ASSEMBLY_COMPONENT_USAGE($)NEXT_ASSEMBLY_USAGE_OCCURRENCE()PRODUCT_DEFINITION_RELATIONSHIP(id,name,description,#parent,#child)
///      PRODUCT_DEFINITION_USAGE()QUANTIFIED_ASSEMBLY_COMPONENT_USAGE(#quantity));
/// #33=DOCUMENT_FILE('FOOT.stp',name,description,#kind,'',$);
/// </code>
/// </summary>
sealed class ProductInstances(FindingList findings, StepOptions options)
{
    public sealed record Product(long Id, string Number, string Name, string Description);
    public readonly record struct Formation(long Product, string Version);
    public readonly record struct Definition(long Id, long Formation);
    public readonly record struct Usage(long Id, long Parent, long Child, long Quantity);

    /// <summary>In <see cref="Usage.Quantity"/>: one occurrence. Zero is a quantity that refers to nothing.</summary>
    public const long Once = -1;

    enum Word
    {
        Product, Formation, FormationWithSource, Definition, DefinitionWithDocuments, Usage, QuantifiedUsage, Relationship,
        DocumentFile, Identification, Measure,
    }

    public static readonly KeywordSet Keywords = new(
        "PRODUCT", "PRODUCT_DEFINITION_FORMATION", "PRODUCT_DEFINITION_FORMATION_WITH_SPECIFIED_SOURCE", "PRODUCT_DEFINITION",
        "PRODUCT_DEFINITION_WITH_ASSOCIATED_DOCUMENTS", "NEXT_ASSEMBLY_USAGE_OCCURRENCE", "QUANTIFIED_ASSEMBLY_COMPONENT_USAGE",
        "PRODUCT_DEFINITION_RELATIONSHIP", "DOCUMENT_FILE", "APPLIED_EXTERNAL_IDENTIFICATION_ASSIGNMENT",
        "MEASURE_WITH_UNIT", "RATIO_MEASURE_WITH_UNIT", "LENGTH_MEASURE_WITH_UNIT", "AREA_MEASURE_WITH_UNIT",
        "VOLUME_MEASURE_WITH_UNIT", "MASS_MEASURE_WITH_UNIT", "COUNT_MEASURE_WITH_UNIT");

    long characters;
    int kept;

    public Dictionary<long, Product> Products { get; } = new(InstanceIdComparer.Instance);
    public Dictionary<long, Formation> Formations { get; } = new(InstanceIdComparer.Instance);
    public Dictionary<long, int> DefinitionPlaces { get; } = new(InstanceIdComparer.Instance);
    public List<Definition> Definitions { get; } = [];
    public List<Usage> Usages { get; } = [];
    public Dictionary<long, double> Measures { get; } = new(InstanceIdComparer.Instance);
    public List<(long Id, string Name)> Documents { get; } = [];
    /// <summary>Document instance to the file name assigned to it.</summary>
    public Dictionary<long, string> Identifications { get; } = new(InstanceIdComparer.Instance);

    /// <summary>Keeps the reader's instance; false when the limits are reached and reading should stop.</summary>
    public bool Take(Part21Reader reader)
    {
        if (reader.IsComplex)
            TakeComplex(reader);
        else if (reader.TryArguments(reader.Keyword, out var arguments))
            Take((Word)Math.Min(reader.Keyword, (int)Word.Measure), reader.Id, ref arguments);
        if (kept <= options.MaxInstances && characters <= options.MaxTextCharacters)
            return true;
        findings.Fail(FindingCode.StructureTooLarge,
            $"The product structure is larger than the limit of {options.MaxInstances:N0} instances or {options.MaxTextCharacters:N0} characters; the rest was not read.");
        return false;
    }

    void Take(Word word, long id, ref ArgumentReader a)
    {
        switch (word)
        {
            case Word.Product:
                Keep(Products.TryAdd(id, new Product(id, Text(ref a), Text(ref a), Text(ref a))), id);
                break;
            case Word.Formation or Word.FormationWithSource:
                var version = Text(ref a);
                a.Skip(1);
                Keep(Formations.TryAdd(id, new Formation(Reference(ref a), version)), id);
                break;
            case Word.Definition or Word.DefinitionWithDocuments:
                a.Skip(2);
                AddDefinition(id, Reference(ref a));
                break;
            case Word.Usage:
                a.Skip(3);
                AddUsage(id, Reference(ref a), Reference(ref a), Once);
                break;
            case Word.QuantifiedUsage:
                // id, name, description, parent, child, reference_designator, quantity
                a.Skip(3);
                var (parent, child) = (Reference(ref a), Reference(ref a));
                a.Skip(1);
                AddUsage(id, parent, child, Reference(ref a));
                break;
            case Word.DocumentFile:
                var (number, name) = (Text(ref a), Text(ref a));
                Documents.Add((id, number.Length > 0 ? number : name));
                kept++;
                break;
            case Word.Identification:
                // assigned_id, role, source, items
                TakeIdentification(ref a);
                break;
            case Word.Measure:
                TakeMeasure(id, ref a);
                break;
        }
    }

    void TakeComplex(Part21Reader reader)
    {
        var id = reader.Id;
        if (Has(reader, Word.Usage) || Has(reader, Word.QuantifiedUsage))
        {
            if (!reader.TryArguments((int)Word.Relationship, out var ends))
                return;
            ends.Skip(3);
            var (parent, child) = (Reference(ref ends), Reference(ref ends));
            var quantity = Once;
            if (reader.TryArguments((int)Word.QuantifiedUsage, out var quantified))
                quantity = Reference(ref quantified);
            AddUsage(id, parent, child, quantity);
            return;
        }
        // Of these the supertype's part holds all that is needed.
        foreach (var word in (ReadOnlySpan<Word>)[Word.Product, Word.Formation, Word.Definition, Word.DocumentFile, Word.Measure])
        {
            if (reader.TryArguments((int)word, out var arguments))
                Take(word, id, ref arguments);
        }
    }

    static bool Has(Part21Reader reader, Word word) => reader.TryArguments((int)word, out _);

    void AddDefinition(long id, long formation)
    {
        var isNew = DefinitionPlaces.TryAdd(id, Definitions.Count);
        if (isNew)
            Definitions.Add(new Definition(id, formation));
        Keep(isNew, id);
    }

    void AddUsage(long id, long parent, long child, long quantity)
    {
        Usages.Add(new Usage(id, parent, child, quantity));
        kept++;
    }

    void TakeIdentification(ref ArgumentReader a)
    {
        var name = Text(ref a);
        if (!a.Skip(3) || name.Length == 0)
            return;
        foreach (var item in a.References(1000))
        {
            Identifications.TryAdd(item, name);
            kept++;
        }
    }

    // #5=MEASURE_WITH_UNIT(COUNT_MEASURE(4.),#6); dimensions are measures too, so these are many and not told when cut.
    void TakeMeasure(long id, ref ArgumentReader a)
    {
        if (Measures.Count < options.MaxInstances && a.Next() && a.TryNumber(out var value))
            Measures.TryAdd(id, value);
    }

    void Keep(bool isNew, long id)
    {
        kept++;
        if (!isNew)
            findings.Warn(FindingCode.DuplicateId, "Two instances carry the same name; the first counts.", Name(id));
    }

    string Text(ref ArgumentReader a)
    {
        var text = a.Next() ? a.Text() : "";
        if (string.IsNullOrWhiteSpace(text))
            return "";
        characters += text.Length;
        return text;
    }

    static long Reference(ref ArgumentReader a) => a.Next() ? a.Reference() : 0;

    /// <summary>Writes an instance name; several files read as one need the file's name too.</summary>
    public Func<long, string> Name { get; init; } = Locator;

    public static string Locator(long id) => string.Create(CultureInfo.InvariantCulture, $"#{id}");
}
