using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Step;

/// <summary>
/// The instances of one file that may matter, as bytes, found by name or by kind; read where a row or a box asks for them.
/// </summary>
sealed class StepGraph(TextDecoder decoder)
{
    /// <summary>The keyword of every complex instance; its parts tell what it is.</summary>
    const int Complex = int.MaxValue;

    readonly InstanceStore store = new() { Decoder = decoder };
    CancellationToken cancellation;
    int looks;
    readonly List<int>?[] byWord = new List<int>?[(int)StepWord.CartesianPoint];

    public long Bytes => store.Bytes;
    public int Count => store.Count;

    public void Add(Part21Reader reader)
    {
        var place = store.Count;
        store.Add(reader.Id, reader.IsComplex ? Complex : reader.Keyword, reader.Inside);
        if (!reader.IsComplex)
        {
            List(reader.Keyword, place);
            return;
        }
        var parts = reader.Parts;
        while (parts.Next())
            List(StepSchema.Keywords.IndexOf(parts.Keyword), place);
    }

    /// <summary>Makes finding possible. From here on the token is looked at while the graph is followed, which is what every phase does.</summary>
    public void Seal(long seen, FindingList findings, CancellationToken cancellation)
    {
        this.cancellation = cancellation;
        store.Seal(seen, findings, cancellation);
    }

    /// <summary>The place of an instance, or -1.</summary>
    public int Find(long id)
    {
        if ((++looks & 0xFFF) == 0)
            cancellation.ThrowIfCancellationRequested();
        return store.Find(id);
    }

    public long Id(int place) => store.Id(place);

    /// <summary>Instances of a kind, also those of which it is a part, in the order of the file. None for geometry.</summary>
    public IReadOnlyList<int> Of(StepWord word) => byWord[(int)word] ?? (IReadOnlyList<int>)[];

    /// <summary>Instances of several kinds, each once, in the order of the file.</summary>
    public IEnumerable<int> Of(params ReadOnlySpan<StepWord> words)
    {
        SortedSet<int> all = [];
        foreach (var word in words)
            all.UnionWith(Of(word));
        return all;
    }

    public bool IsComplex(int place) => store.Keyword(place) == Complex;

    /// <summary>The kind of a simple instance; of a complex one, or of none, a value beyond all kinds.</summary>
    public StepWord Word(int place) => place < 0 ? (StepWord)Complex : (StepWord)store.Keyword(place);

    public bool Is(int place, StepWord word) => TryPart(place, word, out _);

    /// <summary>The first of the kinds that an instance is.</summary>
    public StepWord? Kind(int place, params ReadOnlySpan<StepWord> words)
    {
        foreach (var word in words)
        {
            if (Is(place, word))
                return word;
        }
        return null;
    }

    /// <summary>A readable name of what an instance is.</summary>
    public string Readable(int place)
    {
        if (place < 0)
            return "";
        if (!IsComplex(place))
            return StepSchema.Readable(Word(place));
        var parts = new ComplexParts(store.Inside(place), 0);
        var last = "";
        while (parts.Next())
        {
            if (StepSchema.Keywords.IndexOf(parts.Keyword) is >= 0 and var word)
                last = StepSchema.Readable((StepWord)word);
        }
        return last;
    }

    /// <summary>Before the first attribute that the entity has by itself: in a simple instance of all.</summary>
    public bool TryPart(int place, StepWord word, out ArgumentReader arguments)
    {
        arguments = default;
        if (place < 0)
            return false;
        if ((++looks & 0xFFF) == 0)
            cancellation.ThrowIfCancellationRequested();
        if (!IsComplex(place))
        {
            arguments = store.Arguments(place);
            return Word(place) == word;
        }
        var parts = new ComplexParts(store.Inside(place), 0);
        while (parts.Next())
        {
            if (StepSchema.Keywords.IndexOf(parts.Keyword) == (int)word)
            {
                arguments = new ArgumentReader(parts.Inside, store.Decoder);
                return true;
            }
        }
        return false;
    }

    /// <summary>All attributes of a simple instance; none of a complex one.</summary>
    public ArgumentReader Arguments(int place) => place < 0 || IsComplex(place) ? default : store.Arguments(place);

    /// <summary>
    /// An attribute of a supertype: in a simple instance at <paramref name="position"/>, in a complex one at
    /// <paramref name="partPosition"/> of the part <paramref name="word"/>.
    /// </summary>
    public bool TryAttribute(int place, int position, StepWord word, int partPosition, out ArgumentReader attribute)
    {
        attribute = default;
        if (place < 0)
            return false;
        if (!IsComplex(place))
        {
            attribute = store.Arguments(place);
            return attribute.Skip(position + 1);
        }
        return TryPart(place, word, out attribute) && attribute.Skip(partPosition + 1);
    }

    public int Reference(int place, int position, StepWord word, int partPosition) =>
        TryAttribute(place, position, word, partPosition, out var attribute) ? Target(attribute) : -1;

    public int Reference(int place, int position) =>
        place >= 0 && !IsComplex(place) && Arguments(place) is var attribute && attribute.Skip(position + 1) ? Target(attribute) : -1;

    public string Text(int place, int position, StepWord word, int partPosition) =>
        TryAttribute(place, position, word, partPosition, out var attribute) ? attribute.Text().Trim() : "";

    public string Text(int place, int position) =>
        place >= 0 && !IsComplex(place) && Arguments(place) is var attribute && attribute.Skip(position + 1) ? attribute.Text().Trim() : "";

    /// <summary>What a reference names, or -1.</summary>
    public int Target(ArgumentReader attribute) => attribute.TryReference(out var id) ? Find(id) : -1;

    /// <summary>What the references of a list name, found ones only.</summary>
    public List<int> Targets(ArgumentReader list)
    {
        List<int> places = [];
        var items = list.Items();
        while (items.Next())
        {
            if (Target(items) is >= 0 and var place)
                places.Add(place);
            else if (items.Kind is ArgumentKind.List or ArgumentKind.Typed)
                AddTyped(items, places);
        }
        return places;
    }

    public List<int> Targets(int place, int position, StepWord word, int partPosition) =>
        TryAttribute(place, position, word, partPosition, out var attribute) ? Targets(attribute) : [];

    public List<int> Targets(int place, int position) =>
        place >= 0 && !IsComplex(place) && Arguments(place) is var attribute && attribute.Skip(position + 1) ? Targets(attribute) : [];

    // COMMON_DATUM_LIST((#1,#2)), SET_REPRESENTATION_ITEM((#1,#2)): one level is all that the schemas have.
    void AddTyped(ArgumentReader typed, List<int> places)
    {
        var items = typed.Items();
        while (items.Next())
        {
            if (Target(items) is >= 0 and var place)
            {
                places.Add(place);
                continue;
            }
            var inner = items.Items();
            while (inner.Next())
            {
                if (Target(inner) is >= 0 and var deeper)
                    places.Add(deeper);
            }
        }
    }

    void List(int keyword, int place)
    {
        if (keyword >= 0 && keyword < byWord.Length && byWord[keyword] is var list && (list is null || list[^1] != place))
            (byWord[keyword] ??= []).Add(place);
    }
}
