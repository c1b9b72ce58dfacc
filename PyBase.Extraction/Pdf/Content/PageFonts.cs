using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Outline.Destinations;
using UglyToad.PdfPig.Tokens;

namespace PyBase.Extraction.Pdf.Content;

/// <summary>
/// Looks at the fonts of a page before PdfPig loads them: it keeps an entry for each code of a range of widths or of a character map, and
/// a range of a few bytes may claim four billion. So it does at what is drawn, for its <see cref="LostOperators"/>. Registered with the document as a kind of page, which is how the file's objects are reached.
/// </summary>
sealed class PageFonts(Structure file, long budget, long steps) : IPageFactory<PageFonts>
{
    const int MostHops = 32, MostNested = 100, MostTokens = 20_000;

    readonly HashSet<IndirectReference> seen = [];
    readonly Stack<DictionaryToken> open = [];
    readonly HashSet<string> unmapped = new(StringComparer.Ordinal);
    long left = budget, leftSteps = steps;

    /// <summary>Names of the fonts that number their glyphs and do not say which characters these are.</summary>
    public IReadOnlySet<string> Unmapped => unmapped;

    /// <summary>An image of this page or one before leads on and on: PdfPig would follow it until the stack ends, and with it the process.</summary>
    public bool HasEndlessImage { get; private set; }

    /// <summary>Goes through the fonts of a page and of what is drawn on it.</summary>
    /// <exception cref="ExpansionException">They stand for more entries than are left, or its lost operators for more steps.</exception>
    public PageFonts Create(int number, DictionaryToken dictionary, PageTreeMembers pageTreeMembers, NamedDestinations namedDestinations)
    {
        foreach (var inherited in pageTreeMembers.ParentResources)
            open.Push(inherited);
        Open(dictionary);
        Drawn(dictionary.TryGet(NameToken.Contents, out IToken contents) ? Resolve(contents) : null);
        while (open.TryPop(out var resources))
            Look(resources);
        return this;
    }

    void Look(DictionaryToken resources)
    {
        foreach (var font in Named(resources, "Font"))
            Font(font);
        foreach (var state in Named(resources, "ExtGState"))
        {
            if (Resolve(state) is DictionaryToken look && At<ArrayToken>(look, "Font") is { Length: > 0 } chosen)
                Font(chosen[0]);
        }
        foreach (var drawn in Named(resources, "XObject").Concat(Named(resources, "Pattern")))
        {
            if (IsNew(drawn) && Resolve(drawn) is var token && (token as StreamToken)?.StreamDictionary is { } form)
            {
                Open(form);
                if (At<NameToken>(form, "Subtype")?.Data != "Image")
                    Drawn(token);
                else
                    HasEndlessImage = HasEndlessImage || LeadsOn(form);
            }
        }
    }

    // A colour space, a mask with its own, a layer: an image leads to little. One that leads back to its page is without an end.
    bool LeadsOn(DictionaryToken image)
    {
        var waiting = new Stack<(IToken? Token, int Depth)>([(image, 0)]);
        for (var tokens = 0; waiting.TryPop(out var at); tokens++)
        {
            if (at.Depth > MostNested || tokens > MostTokens)
                return true;
            IEnumerable<IToken> inner = Resolve(at.Token) switch
            {
                DictionaryToken dictionary => dictionary.Data.Values,
                StreamToken stream => stream.StreamDictionary.Data.Values,
                ArrayToken array => array.Data,
                _ => [],
            };
            foreach (var token in inner.Where(token => token is IndirectReferenceToken or DictionaryToken or ArrayToken))
                waiting.Push((token, at.Depth + 1));
        }
        return false;
    }

    // The pieces of a page are one content.
    void Drawn(IToken? contents)
    {
        var lost = new LostOperators();
        foreach (var piece in contents is ArrayToken pieces ? pieces.Data : contents is null ? [] : [contents])
        {
            if (Resolve(piece) is StreamToken stream)
                lost.Read(Unpacked(stream));
            if (lost.Steps > leftSteps)
                throw new ExpansionException();
        }
        leftSteps -= lost.Steps;
    }

    ReadOnlySpan<byte> Unpacked(StreamToken stream)
    {
        try
        {
            return stream.Decode(file.FilterProvider, file.TokenScanner).Span;
        }
        catch (Exception exception) when (exception is not (ExpansionException or OperationCanceledException))
        {
            // What is broken is PdfPig's own to tell.
            return [];
        }
    }

    void Open(DictionaryToken owner)
    {
        if (owner.TryGet(NameToken.Create("Resources"), out IToken token) && IsNew(token) && Resolve(token) is DictionaryToken resources)
            open.Push(resources);
    }

    void Font(IToken token)
    {
        if (!IsNew(token) || Resolve(token) is not DictionaryToken font)
            return;
        foreach (var map in (string[])["ToUnicode", "Encoding"])
        {
            if (At<StreamToken>(font, map) is { } stream)
                Take(CharacterMap.Entries(stream.Decode(file.FilterProvider, file.TokenScanner).Span));
        }
        if (At<NameToken>(font, "Subtype")?.Data == "Type0" && At<StreamToken>(font, "ToUnicode") is null && At<NameToken>(font, "Encoding")?.Data is ("Identity-H" or "Identity-V") && At<NameToken>(font, "BaseFont") is { } name && NumbersGlyphs(font))
            unmapped.Add(name.Data);
        Widths(font, "W", 1);
        Widths(font, "W2", 3);
        foreach (var descendant in At<ArrayToken>(font, "DescendantFonts")?.Data ?? [])
            Font(descendant);
        Open(font);
    }

    // The numbers of Adobe's collections are characters, those of Identity are the font's own.
    bool NumbersGlyphs(DictionaryToken font) => At<ArrayToken>(font, "DescendantFonts")?.Data is [var first, ..] && Resolve(first) is DictionaryToken descendant
        && At<DictionaryToken>(descendant, "CIDSystemInfo") is { } system && At<StringToken>(system, "Ordering")?.Data == "Identity";

    // c [w …] for codes from c on, or first last w for a range; W2 has three numbers for each.
    void Widths(DictionaryToken font, string name, int numbers)
    {
        if (At<ArrayToken>(font, name)?.Data is not { } items)
            return;
        for (var i = 0; i + 1 < items.Count;)
        {
            var (first, next) = (Resolve(items[i]) as NumericToken, Resolve(items[i + 1]));
            if (next is NumericToken last)
                Take(Math.Max(0, (long)last.Double - (long)(first?.Double ?? 0) + 1));
            else if (next is ArrayToken list)
                Take(list.Length / numbers);
            i += next is NumericToken ? 2 + numbers : 2;
        }
    }

    void Take(long entries)
    {
        left -= Math.Min(entries, left + 1);
        if (left < 0)
            throw new ExpansionException();
    }

    IEnumerable<IToken> Named(DictionaryToken resources, string kind) => At<DictionaryToken>(resources, kind)?.Data.Values ?? [];

    T? At<T>(DictionaryToken dictionary, string name) where T : class, IToken => dictionary.TryGet(NameToken.Create(name), out IToken token) ? Resolve(token) as T : null;

    bool IsNew(IToken token) => token is not IndirectReferenceToken reference || seen.Add(reference.Data);

    IToken? Resolve(IToken? token)
    {
        for (var hops = 0; token is IndirectReferenceToken reference; hops++)
            token = hops < MostHops ? file.TokenScanner.Get(reference.Data)?.Data : null;
        return token;
    }
}
