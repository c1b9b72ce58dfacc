using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Outline.Destinations;
using UglyToad.PdfPig.Tokens;

namespace PyBase.Extraction.Pdf.Content;

/// <summary>
/// Looks at the fonts of a page before PdfPig loads them: it keeps an entry for each code of a range of widths or of a character map, and
/// a range of a few bytes may claim four billion. So it does at what else the page leads to. Registered with the document as a kind of page, which is how the file's objects are reached.
/// </summary>
sealed class PageFonts(FileObjects file, PdfOptions options) : IPageFactory<PageFonts>
{
    readonly DrawnContent drawing = new(file, options);
    readonly HashSet<IndirectReference> seen = [], sound = [];
    readonly Stack<DictionaryToken> open = [];
    readonly HashSet<string> unmapped = new(StringComparer.Ordinal);
    long left = options.MaxFontEntries;

    /// <summary>Names of the fonts that number their glyphs and do not say which characters these are.</summary>
    public IReadOnlySet<string> Unmapped => unmapped;

    /// <summary>An image of this page or one before leads on and on: PdfPig would follow it until the stack ends, and with it the process.</summary>
    public bool HasEndlessImage { get; private set; }

    /// <summary>Goes through the fonts of a page and of what is drawn on it.</summary>
    /// <exception cref="ExpansionException">They stand for more entries than are left, or it draws more than the options allow.</exception>
    /// <exception cref="EndlessException">What is drawn or a colour of it leads back to itself.</exception>
    public PageFonts Create(int number, DictionaryToken dictionary, PageTreeMembers pageTreeMembers, NamedDestinations namedDestinations)
    {
        List<DictionaryToken> own = [.. pageTreeMembers.ParentResources];
        if (file.At<DictionaryToken>(dictionary, "Resources") is { } last)
            own.Add(last);
        foreach (var resources in own)
            open.Push(resources);
        try
        {
            while (open.TryPop(out var resources))
                Look(resources);
        }
        catch (EndlessException)
        {
            // The next page may lead there by what was seen on this one.
            seen.Clear();
            open.Clear();
            throw;
        }
        drawing.Count(dictionary.TryGet(NameToken.Contents, out IToken contents) ? contents : null, own);
        return this;
    }

    void Look(DictionaryToken resources)
    {
        foreach (var font in file.Named(resources, "Font").Values)
            Font(font);
        foreach (var state in file.Named(resources, "ExtGState").Values)
        {
            if (file.Resolve(state) is not DictionaryToken look)
                continue;
            if (file.At<ArrayToken>(look, "Font") is { Length: > 0 } chosen)
                Font(chosen[0]);
            if (file.At<DictionaryToken>(look, "SMask") is { } mask && mask.TryGet(NameToken.Create("TR"), out IToken function))
                Follow(function);
        }
        foreach (var colour in file.Named(resources, "ColorSpace").Values.Concat(file.Named(resources, "Shading").Values))
            Follow(colour);
        foreach (var pattern in file.Named(resources, "Pattern").Values)
        {
            if (Dictionary(pattern) is { } shaded && shaded.TryGet(NameToken.Create("Shading"), out IToken shading))
                Follow(shading);
        }
        foreach (var drawn in file.Named(resources, "XObject").Values.Concat(file.Named(resources, "Pattern").Values))
        {
            if (!IsNew(drawn) || Dictionary(drawn) is not { } form)
                continue;
            Open(form);
            if (file.At<NameToken>(form, "Subtype")?.Data == "Image")
                HasEndlessImage = HasEndlessImage || file.LeadsOn(form);
        }
    }

    void Follow(IToken token)
    {
        var reference = (token as IndirectReferenceToken)?.Data;
        if (reference is { } known && sound.Contains(known))
            return;
        if (file.LeadsOn(token))
            throw new EndlessException();
        if (reference is { } followed)
            sound.Add(followed);
    }

    DictionaryToken? Dictionary(IToken token) => file.Resolve(token) switch { DictionaryToken dictionary => dictionary, StreamToken stream => stream.StreamDictionary, _ => null };

    void Open(DictionaryToken owner)
    {
        if (owner.TryGet(NameToken.Create("Resources"), out IToken token) && IsNew(token) && file.Resolve(token) is DictionaryToken resources)
            open.Push(resources);
    }

    void Font(IToken token)
    {
        if (!IsNew(token) || file.Resolve(token) is not DictionaryToken font)
            return;
        foreach (var map in (string[])["ToUnicode", "Encoding"])
        {
            if (file.At<StreamToken>(font, map) is { } stream)
                Take(CharacterMap.Entries(file.Unpacked(stream)));
        }
        if (file.At<NameToken>(font, "Subtype")?.Data == "Type0" && file.At<StreamToken>(font, "ToUnicode") is null && file.At<NameToken>(font, "Encoding")?.Data is ("Identity-H" or "Identity-V") && file.At<NameToken>(font, "BaseFont") is { } name && NumbersGlyphs(font))
            unmapped.Add(name.Data);
        Widths(font, "W", 1);
        Widths(font, "W2", 3);
        foreach (var descendant in file.At<ArrayToken>(font, "DescendantFonts")?.Data ?? [])
            Font(descendant);
        Open(font);
    }

    // The numbers of Adobe's collections are characters, those of Identity are the font's own.
    bool NumbersGlyphs(DictionaryToken font) => file.At<ArrayToken>(font, "DescendantFonts")?.Data is [var first, ..] && file.Resolve(first) is DictionaryToken descendant
        && file.At<DictionaryToken>(descendant, "CIDSystemInfo") is { } system && file.At<StringToken>(system, "Ordering")?.Data == "Identity";

    // c [w …] for codes from c on, or first last w for a range; W2 has three numbers for each.
    void Widths(DictionaryToken font, string name, int numbers)
    {
        if (file.At<ArrayToken>(font, name)?.Data is not { } items)
            return;
        for (var i = 0; i + 1 < items.Count;)
        {
            var (first, next) = (file.Resolve(items[i]) as NumericToken, file.Resolve(items[i + 1]));
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

    bool IsNew(IToken token) => token is not IndirectReferenceToken reference || seen.Add(reference.Data);
}
