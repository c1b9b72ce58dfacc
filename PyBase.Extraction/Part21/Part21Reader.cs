namespace PyBase.Extraction.Part21;

/// <summary>
/// Reads an exchange structure (ISO 10303-21, editions 1 to 3: STEP, IFC) from a stream, front to back, once. Instances whose
/// keyword is not wanted are passed over without being kept, so memory does not grow with the file. Broken input never
/// throws: it is skipped to the next instance and told to the findings. Reading errors of the stream and cancellation throw.
/// </summary>
/// <example>
/// <code>
/// using var reader = new Part21Reader(stream, new KeywordSet("PRODUCT"));
/// while (reader.Read(cancellationToken))
/// {
///     if (reader.TryArguments(0, out var arguments) &amp;&amp; arguments.Next())
///         Console.WriteLine($"#{reader.Id} {arguments.Text()}");
/// }
/// </code>
/// </example>
public sealed class Part21Reader : IDisposable
{
    readonly KeywordSet wanted;
    readonly TextDecoder text;
    readonly FindingList findings;
    readonly Part21Lexer lexer;

    /// <summary>Starts at the stream's position; the stream stays the caller's.</summary>
    /// <param name="stream">Readable; seeking is not needed.</param>
    /// <param name="wanted">The keywords to stop at.</param>
    /// <param name="options">Guards; null for the defaults.</param>
    /// <param name="progress">Told the bytes read so far, about once per <see cref="Part21Options.BufferBytes"/>.</param>
    public Part21Reader(Stream stream, KeywordSet wanted, Part21Options? options = null, IProgress<long>? progress = null)
        : this(stream, wanted, options ?? new Part21Options(), progress, new FindingList())
    {
    }

    internal Part21Reader(Stream stream, KeywordSet wanted, Part21Options options, IProgress<long>? progress, FindingList findings)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(wanted);
        this.wanted = wanted;
        this.findings = findings;
        text = new TextDecoder(options.MaxTextLength);
        lexer = new Part21Lexer(new ByteWindow(stream, options, progress), wanted, text, findings, options);
    }

    /// <summary>What was odd so far.</summary>
    public IReadOnlyList<Finding> Findings => findings.Items;

    /// <summary>The header section; complete when <see cref="Read"/> has returned for the first time.</summary>
    public Part21Header Header => lexer.Header;

    /// <summary>Whether the stream began as an exchange structure does; known when <see cref="Read"/> has returned for the first time.</summary>
    public bool IsExchangeStructure => lexer.IsExchangeStructure;

    /// <summary>Bytes taken from the stream.</summary>
    public long BytesRead => lexer.BytesRead;

    /// <summary>Instances passed so far, wanted or not.</summary>
    public long InstancesRead => lexer.InstancesRead;

    /// <summary>The current instance's name, the number behind <c>#</c>: 1 to 2^63-1.</summary>
    public long Id => lexer.Id;

    /// <summary>The number in the <see cref="KeywordSet"/> of the current instance's keyword; for a complex instance of its first wanted part.</summary>
    public int Keyword => lexer.Keyword;

    /// <summary>Whether the current instance is complex: <c>#1=(A(1)B($)C())</c>, parts in any order, each with its own attributes only.</summary>
    public bool IsComplex => lexer.IsComplex;

    /// <summary>The encodings that texts read so far took beside ASCII.</summary>
    public IReadOnlyCollection<string> Encodings => text.Encodings;

    internal TextDecoder Decoder => text;

    /// <summary>What stands between the outer parentheses of the current instance.</summary>
    internal ReadOnlySpan<byte> Inside => lexer.Body[1..^1];

    /// <summary>Numbers of the keywords of a complex instance, wanted ones only.</summary>
    internal ComplexParts Parts => new(lexer.Body);

    /// <summary>Moves to the next wanted instance; false at the end mark, the stream's end, or if this is no exchange structure.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; checked each time the buffer is filled.</exception>
    /// <exception cref="IOException">The stream failed.</exception>
    public bool Read(CancellationToken cancellationToken = default) => lexer.Read(cancellationToken);

    /// <summary>The attributes under a keyword: of a simple instance its own, of a complex one those of that part.</summary>
    /// <returns>False when the instance has no such keyword.</returns>
    public bool TryArguments(int keyword, out ArgumentReader arguments)
    {
        if (!lexer.IsComplex)
        {
            arguments = new ArgumentReader(lexer.Body[1..^1], text);
            return lexer.Keyword == keyword;
        }
        var parts = new ComplexParts(lexer.Body);
        while (parts.Next())
        {
            if (wanted.IndexOf(parts.Keyword) == keyword)
            {
                arguments = new ArgumentReader(parts.Inside, text);
                return true;
            }
        }
        arguments = default;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => lexer.Dispose();
}
