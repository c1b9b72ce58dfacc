using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace PyBase.Extraction.Pdf.Content;

/// <summary>
/// Counts what PdfPig will do for a page before it does: a form costs as often as it is drawn, which forms that draw forms multiply, and
/// one that draws itself is without an end.
/// </summary>
sealed class DrawnContent(FileObjects file, PdfOptions options)
{
    // For each drawing of a form its frame is clipped, and its patterns and shadings are read again.
    const int OperatorsOfForm = 20;

    readonly Dictionary<IndirectReference, ContentCost> costs = [];
    readonly HashSet<IndirectReference> parsed = [];
    readonly HashSet<DictionaryToken> opened = new(ReferenceEqualityComparer.Instance);
    long leftSteps = options.MaxLostSteps, letters, operators;

    /// <summary>Goes through the content of one page.</summary>
    /// <exception cref="ExpansionException">It is more than the options allow.</exception>
    /// <exception cref="EndlessException">A form draws itself, or forms nest too deeply.</exception>
    public void Count(IToken? contents, IEnumerable<DictionaryToken> resources)
    {
        (letters, operators) = (0, 0);
        parsed.Clear();
        opened.Clear();
        Scope? scope = null;
        foreach (var one in resources)
            scope = Open(one, scope);
        var cost = new ContentCost();
        // The pieces of a page are one content.
        foreach (var piece in file.Resolve(contents) is ArrayToken pieces ? pieces.Data : contents is null ? [] : [contents])
        {
            if (file.Resolve(piece) is StreamToken stream)
                cost.Read(file.Unpacked(stream));
        }
        Parse(cost);
        Draw(cost, scope, 1, 0, default, null);
    }

    void Draw(ContentCost cost, Scope? scope, long times, int depth, IndirectReference self, string? selfName)
    {
        if (depth > FileObjects.MostNested)
            throw new EndlessException();
        letters += times * cost.Letters;
        Work(times * cost.Operators);
        foreach (var (name, count) in cost.Drawn)
        {
            if (Find(scope, name) is not { } reference || file.Resolve(new IndirectReferenceToken(reference)) is not StreamToken stream || file.At<NameToken>(stream.StreamDictionary, "Subtype")?.Data == "Image")
                continue;
            var resources = file.At<DictionaryToken>(stream.StreamDictionary, "Resources");
            // PdfPig itself leaves this one out.
            if (reference.Equals(self) && name == selfName && resources is not null)
                continue;
            var drawings = times * count;
            Work(drawings * (OperatorsOfForm + (resources is null ? 0 : file.Named(resources, "Pattern").Count + file.Named(resources, "Shading").Count)));
            Draw(CostOf(reference, stream), resources is null ? scope : Open(resources, scope), drawings, depth + 1, reference, name);
        }
    }

    void Work(long more)
    {
        operators += more;
        if (operators > options.MaxOperatorsPerPage || letters > options.MaxDrawnLettersPerPage)
            throw new ExpansionException(endsFile: false);
    }

    void Parse(ContentCost cost)
    {
        leftSteps -= cost.LostSteps;
        if (leftSteps < 0)
            throw new ExpansionException();
    }

    ContentCost CostOf(IndirectReference reference, StreamToken stream)
    {
        if (!costs.TryGetValue(reference, out var cost))
            (costs[reference] = cost = new ContentCost()).Read(file.Unpacked(stream));
        if (parsed.Add(reference))
            Parse(cost);
        return cost;
    }

    // Glyphs that are drawn as contents are parsed for their frames.
    Scope Open(DictionaryToken resources, Scope? outer)
    {
        if (opened.Add(resources))
        {
            foreach (var font in file.Named(resources, "Font").Values)
            {
                if (file.Resolve(font) is not DictionaryToken type3 || file.At<NameToken>(type3, "Subtype")?.Data != "Type3")
                    continue;
                foreach (var glyph in file.Named(type3, "CharProcs").Values)
                {
                    if (glyph is IndirectReferenceToken reference && file.Resolve(glyph) is StreamToken stream)
                        Work(CostOf(reference.Data, stream).Operators);
                }
            }
        }
        return new Scope(file.Named(resources, "XObject"), outer);
    }

    static IndirectReference? Find(Scope? scope, string name)
    {
        for (; scope is not null; scope = scope.Outer)
        {
            if (scope.Drawn.TryGetValue(name, out var token) && token is IndirectReferenceToken reference)
                return reference.Data;
        }
        return null;
    }

    sealed record Scope(IReadOnlyDictionary<string, IToken> Drawn, Scope? Outer);
}

/// <summary>What a page draws, or a colour of it, leads back to itself.</summary>
sealed class EndlessException : Exception;
