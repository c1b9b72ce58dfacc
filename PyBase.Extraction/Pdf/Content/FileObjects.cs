using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace PyBase.Extraction.Pdf.Content;

/// <summary>The objects of a file, looked up without following what has no end.</summary>
sealed class FileObjects(Structure file)
{
    /// <summary>Deepest nesting of objects, and of forms that draw each other, that is followed; real files nest a few.</summary>
    public const int MostNested = 100;
    const int MostHops = 32, MostTokens = 20_000, Calculator = 4;

    readonly HashSet<StreamToken> shallow = new(ReferenceEqualityComparer.Instance);

    /// <summary>What a token stands for; null for a reference to nothing.</summary>
    public IToken? Resolve(IToken? token)
    {
        for (var hops = 0; token is IndirectReferenceToken reference; hops++)
            token = hops < MostHops ? file.TokenScanner.Get(reference.Data)?.Data : null;
        return token;
    }

    public T? At<T>(DictionaryToken dictionary, string name) where T : class, IToken => dictionary.TryGet(NameToken.Create(name), out IToken token) ? Resolve(token) as T : null;

    /// <summary>The entries of one kind in a dictionary of resources.</summary>
    public IReadOnlyDictionary<string, IToken> Named(DictionaryToken resources, string kind) => At<DictionaryToken>(resources, kind)?.Data ?? new Dictionary<string, IToken>();

    /// <exception cref="ExpansionException">It is more than the file may expand to.</exception>
    public ReadOnlySpan<byte> Unpacked(StreamToken stream)
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

    /// <summary>
    /// Whether a token leads on and on. A colour space, a function, an image with its mask lead to little; for one that leads back to
    /// itself PdfPig ends its stack, and with it the process.
    /// </summary>
    public bool LeadsOn(IToken start)
    {
        var waiting = new Stack<(IToken? Token, int Depth)>([(start, 0)]);
        for (var tokens = 0; waiting.TryPop(out var at); tokens++)
        {
            if (at.Depth > MostNested || tokens > MostTokens)
                return true;
            var found = Resolve(at.Token);
            if (found is StreamToken program && At<NumericToken>(program.StreamDictionary, "FunctionType")?.Int == Calculator && shallow.Add(program) && Nesting(Unpacked(program)) > MostNested)
            {
                shallow.Remove(program);
                return true;
            }
            IEnumerable<IToken> inner = found switch
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

    // Of the braces of a calculation.
    static int Nesting(ReadOnlySpan<byte> program)
    {
        int depth = 0, deepest = 0;
        foreach (var one in program)
        {
            depth += one == '{' ? 1 : one == '}' ? -1 : 0;
            deepest = Math.Max(deepest, depth);
        }
        return deepest;
    }
}
