using System.Buffers;
using System.Globalization;
using System.Text;

namespace PyBase.Extraction.Part21;

/// <summary>
/// Finds the statements of an exchange structure and, of the wanted ones, their bodies. One pass, no recursion; each byte is
/// looked at a bounded number of times.
/// </summary>
/// <remarks>
/// The format, with what real files do to it:
/// <code>
/// ISO-10303-21;
/// HEADER;
/// FILE_DESCRIPTION(('…'),'2;1');
/// FILE_NAME('…','2008-08-18T12:41:46',(''),(''),'','','');
/// FILE_SCHEMA(('AUTOMOTIVE_DESIGN'));
/// ENDSEC;
/// ANCHOR; &lt;name&gt;=#10; ENDSEC;             (edition 3)
/// REFERENCE; #20=&lt;other.stp#name&gt;; ENDSEC;  (edition 3)
/// DATA;                                      (edition 2 on: DATA('name',('schema')); and several of them)
/// #10=PRODUCT('id','name','',(#8));
/// #11 = PRODUCT_DEFINITION_FORMATION /* … */
///   ( '', '', #10 ) ;
/// #12=(A()B($)C('x'));
/// ENDSEC;
/// END-ISO-10303-21;
/// SIGNATURE; … ENDSEC;                       (edition 3; not read, nor anything else that follows)
/// </code>
/// Two things never occur inside a healthy statement, so they show where the next one begins after a broken one: an equals
/// sign outside strings, and a line inside a string that starts like <c>#123=</c>.
/// </remarks>
sealed class Part21Lexer(ByteWindow window, KeywordSet wanted, TextDecoder text, FindingList findings, Part21Options options) : IDisposable
{
    enum Section { None, Header, Data, Anchor, Reference, Signature }

    enum Stop
    {
        /// <summary>At the semicolon; the position is behind it.</summary>
        Semicolon,
        /// <summary>The next statement began before this one ended; the position is at its first byte.</summary>
        NextStatement,
        EndOfStream,
    }

    static readonly SearchValues<byte> BodyStops = SearchValues.Create(";'/="u8);
    static readonly SearchValues<byte> StringStops = SearchValues.Create("'\\\r\n"u8);
    static readonly SearchValues<byte> LineStops = SearchValues.Create(";\r\n"u8);

    /// <summary>Where <c>ISO-10303-21</c> must have been seen.</summary>
    const int LeadIn = 4096;

    /// <summary>Longest <c>#id =</c> that recovery recognises; within <see cref="ByteWindow.Behind"/>.</summary>
    const int HeadLength = 48;

    readonly Part21HeaderReader header = new();
    Section section;
    bool begun, ended, sawEnd;
    int bodyStart, bodyEnd;

    public Part21Header Header => header.Header;
    public bool IsExchangeStructure { get; private set; }
    public long BytesRead => window.BytesRead;
    public long InstancesRead { get; private set; }
    public long Id { get; private set; }
    public int Keyword { get; private set; }
    public bool IsComplex { get; private set; }

    /// <summary>The current instance from its opening to its closing parenthesis.</summary>
    public ReadOnlySpan<byte> Body => window.Buffer.AsSpan(bodyStart, bodyEnd - bodyStart);

    public bool Read(CancellationToken cancellation)
    {
        window.Cancellation = cancellation;
        window.Kept = -1;
        if (!begun && !Begin())
            return false;
        while (!ended)
        {
            SkipBlank();
            var first = window.Peek();
            if (first < 0)
                break;
            if (first == '#' && section is not (Section.Reference or Section.Signature))
            {
                if (Instance())
                    return true;
            }
            else if (Part21Token.IsLetter((byte)first))
            {
                Statement();
            }
            else if (section is Section.Anchor or Section.Reference or Section.Signature)
            {
                Opaque();
            }
            else if (first == ';')
            {
                window.Position++;
            }
            else
            {
                Fail("Not a statement.", null);
                Resync();
            }
        }
        ended = true;
        if (!sawEnd && IsExchangeStructure)
        {
            sawEnd = true;
            if (window.IsTooLong)
                findings.Fail(FindingCode.FileTooLarge, $"The file is longer than the limit of {options.MaxBytes:N0} bytes; the rest was not read.");
            else
                findings.Fail(FindingCode.FileTruncated, "The file stops before its end mark END-ISO-10303-21; the rest is missing.");
        }
        return false;
    }

    /// <summary>Skips to the start mark: byte order mark, blank lines and comments, even a line of transport rubbish, may precede it.</summary>
    bool Begin()
    {
        begun = true;
        if (!window.Has(1))
        {
            ended = true;
            findings.Fail(FindingCode.EmptyFile, "The file is empty.");
            return false;
        }
        window.Has(LeadIn);
        var start = window.Rest[..Math.Min(LeadIn, window.Rest.Length)];
        var mark = start.IndexOf("ISO-10303-21"u8);
        if (mark < 0)
        {
            ended = true;
            findings.Fail(FindingCode.NotAStepFile, "The file does not begin with ISO-10303-21; it is no STEP file in text form.");
            return false;
        }
        IsExchangeStructure = true;
        window.Position += mark;
        return true;
    }

    // ---- statements -------------------------------------------------------------------------------------------------

    /// <summary>At <c>#</c>. True when the instance is wanted and whole.</summary>
    bool Instance()
    {
        if (!TryId(out var id))
        {
            Fail("An instance name is not a number from 1 to 2^63-1.", null);
            Resync();
            return false;
        }
        SkipBlank();
        if (window.Peek() != '=')
        {
            Fail("No '=' after an instance name.", id);
            Resync();
            return false;
        }
        window.Position++;
        SkipBlank();
        InstancesRead++;
        var first = window.Peek();
        var keyword = -1;
        if (first >= 0 && (Part21Token.IsLetter((byte)first) || first == '!'))
        {
            keyword = KeywordNumber();
            SkipBlank();
            first = window.Peek();
            IsComplex = false;
        }
        else
        {
            IsComplex = true;
        }
        if (first != '(')
        {
            if (first >= 0)
                Fail("No '(' where the attributes should begin.", id);
            SkipToSemicolon(false);
            return false;
        }
        return Attributes(id, keyword);
    }

    bool Attributes(long id, int keyword)
    {
        var keep = IsComplex || keyword >= 0;
        window.Overflowed = false;
        if (keep)
            window.Kept = window.Position;
        var stop = SkipToSemicolon(false);
        if (stop == Stop.EndOfStream)
            return false;
        if (stop == Stop.NextStatement)
            Fail("The instance does not end before the next begins.", id);
        if (window.Overflowed)
            findings.Warn(FindingCode.InstanceTooLong, $"An instance is longer than {options.MaxInstanceBytes:N0} bytes and was skipped.", Locator(id));
        if (!keep || stop == Stop.NextStatement || window.Kept < 0)
        {
            window.Kept = -1;
            return false;
        }
        bodyStart = window.Kept;
        window.Kept = -1;
        return Accept(id, keyword, window.Position - 1);
    }

    bool Accept(long id, int keyword, int semicolon)
    {
        var all = window.Buffer.AsSpan(bodyStart, semicolon - bodyStart);
        if (all.Length > options.MaxInstanceBytes)
        {
            findings.Warn(FindingCode.InstanceTooLong, $"An instance is longer than {options.MaxInstanceBytes:N0} bytes and was skipped.", Locator(id));
            return false;
        }
        var end = Part21Token.ListEnd(all, 0, options.MaxNesting, out var depth);
        if (end < 0)
        {
            if (depth > options.MaxNesting)
                findings.Warn(FindingCode.NestingTooDeep, $"Parentheses nest deeper than {options.MaxNesting}; the instance was skipped.", Locator(id));
            else
                Fail("A parenthesis is not closed.", id);
            return false;
        }
        if (Part21Token.SkipBlank(all, end) < all.Length)
            Fail("Something stands between ')' and ';'.", id);
        bodyEnd = bodyStart + end;
        Id = id;
        Keyword = IsComplex ? FirstWanted() : keyword;
        return Keyword >= 0;
    }

    int FirstWanted()
    {
        var parts = new ComplexParts(Body);
        while (parts.Next())
        {
            if (wanted.IndexOf(parts.Keyword) is >= 0 and var number)
                return number;
        }
        return -1;
    }

    /// <summary>At the <c>#</c> of an instance name; ends behind its digits.</summary>
    bool TryId(out long id)
    {
        id = 0;
        window.Position++;
        var digits = 0;
        while (window.Peek() is >= '0' and <= '9' and var digit)
        {
            if (id > (long.MaxValue - (digit - '0')) / 10)
                return false;
            id = (id * 10) + digit - '0';
            digits++;
            window.Position++;
        }
        return digits > 0 && id > 0;
    }

    int KeywordNumber()
    {
        window.Kept = window.Position;
        ReadWord();
        var number = wanted.IndexOf(window.Buffer.AsSpan(window.Kept, window.Position - window.Kept));
        window.Kept = -1;
        return number;
    }

    void ReadWord()
    {
        do
        {
            while (window.Position < window.End && Part21Token.IsKeyword(window.Buffer[window.Position]))
                window.Position++;
            // A word of megabytes is no word: keep its first bytes only.
            if (window.Position == window.End && window.Kept >= 0 && window.Position - window.Kept > 1024)
                window.Kept = window.Position - 512;
        }
        while (window.Position == window.End && window.Fill());
    }

    /// <summary>At a letter: a section mark or a header entity.</summary>
    void Statement()
    {
        window.Kept = window.Position;
        ReadWord();
        while (window.Peek() == '-')
        {
            window.Position++;
            ReadWord();
        }
        var word = Encoding.ASCII.GetString(window.Buffer.AsSpan(window.Kept, Math.Min(window.Position - window.Kept, 64))).ToUpperInvariant();
        switch (word)
        {
            case "ISO-10303-21":
                break;
            case "END-ISO-10303-21":
                // Without its semicolon too; whatever follows is not ours.
                ended = sawEnd = true;
                return;
            case "HEADER":
                section = Section.Header;
                break;
            case "DATA":
                section = Section.Data;
                break;
            case "ANCHOR":
                section = Section.Anchor;
                break;
            case "REFERENCE":
                section = Section.Reference;
                break;
            case "SIGNATURE":
                section = Section.Signature;
                break;
            case "ENDSEC":
                section = Section.None;
                break;
            default:
                Other(word);
                return;
        }
        window.Kept = -1;
        SkipToSemicolon(section == Section.Signature);
    }

    void Other(string word)
    {
        window.Kept = -1;
        if (section is Section.Anchor or Section.Reference or Section.Signature)
        {
            Opaque();
            return;
        }
        SkipBlank();
        // Also between sections: the mark HEADER may be damaged.
        var inHeader = section is Section.Header or Section.None;
        if (inHeader)
            window.Kept = window.Position;
        window.Overflowed = false;
        var stop = SkipToSemicolon(false);
        if (stop == Stop.Semicolon && inHeader && window.Kept >= 0)
        {
            var all = window.Buffer.AsSpan(window.Kept, window.Position - 1 - window.Kept);
            var end = all.IsEmpty || all[0] != '(' ? -1 : Part21Token.ListEnd(all, 0, options.MaxNesting, out _);
            if (end > 0)
                header.Take(word, new ArgumentReader(all[1..(end - 1)], text));
            else
                Fail($"The header entity {word} is broken.", null);
        }
        else if (stop != Stop.EndOfStream)
        {
            Fail("Not a statement.", null);
        }
        window.Kept = -1;
    }

    /// <summary>Sections whose content is not read: <c>&lt;anchor&gt;=#1;</c>, <c>#2=&lt;uri&gt;;</c>, base64. Ends behind one line or statement.</summary>
    void Opaque()
    {
        do
        {
            var stop = window.Rest.IndexOfAny(LineStops);
            if (stop >= 0)
            {
                window.Position += stop + 1;
                return;
            }
            window.Position = window.End;
        }
        while (window.Fill());
    }

    // ---- passing over -----------------------------------------------------------------------------------------------

    /// <param name="quiet">Whether an equals sign is nothing special.</param>
    Stop SkipToSemicolon(bool quiet)
    {
        while (true)
        {
            var next = window.Rest.IndexOfAny(BodyStops);
            if (next < 0)
            {
                window.Position = window.End;
                if (!window.Fill())
                    return Stop.EndOfStream;
                continue;
            }
            window.Position += next;
            switch (window.Buffer[window.Position])
            {
                case (byte)';':
                    window.Position++;
                    return Stop.Semicolon;
                case (byte)'\'':
                    window.Position++;
                    if (SkipString() is not Stop.Semicolon and var broken)
                        return broken;
                    break;
                case (byte)'/':
                    if (!SkipComment())
                        window.Position++;
                    break;
                default:
                    if (!quiet && TryStepBack())
                        return Stop.NextStatement;
                    window.Position++;
                    break;
            }
        }
    }

    /// <summary>Behind an opening apostrophe. <see cref="Stop.Semicolon"/> stands for: behind the closing one.</summary>
    Stop SkipString()
    {
        while (true)
        {
            var next = window.Rest.IndexOfAny(StringStops);
            if (next < 0)
            {
                window.Position = window.End;
                if (!window.Fill())
                    return Stop.EndOfStream;
                continue;
            }
            window.Position += next;
            switch (window.Buffer[window.Position])
            {
                case (byte)'\'':
                    window.Position++;
                    if (window.Peek() != '\'')
                        return Stop.Semicolon;
                    window.Position++;
                    break;
                case (byte)'\\':
                    SkipEscape();
                    break;
                default:
                    window.Position++;
                    if (NextStatementBegins())
                        return Stop.NextStatement;
                    break;
            }
        }
    }

    // The same rules as Part21Token.StringEnd, over the stream.
    void SkipEscape()
    {
        window.Has(4 + 1 + Part21Token.LookAhead);
        var s = window.Rest;
        if (s.Length > 1 && s[1] == '\\')
            window.Position += 2;
        else if (s.Length <= 3 || s[1] != 'S' || s[2] != '\\')
            window.Position++;
        else
            window.Position += s[3] == '\'' && Part21Token.IsDoubled(s[4..]) ? 5 : 4;
    }

    /// <summary>Behind a line end inside a string: whether <c>#123=</c> or <c>ENDSEC;</c> follows, so that the string was never closed.</summary>
    bool NextStatementBegins()
    {
        window.Has(HeadLength);
        var s = window.Rest[..Math.Min(HeadLength, window.Rest.Length)];
        var at = Part21Token.SkipBlank(s, 0);
        if (s[at..].StartsWith("ENDSEC;"u8))
            return true;
        if (at >= s.Length || s[at] != '#')
            return false;
        var digits = at + 1;
        var end = digits;
        while (end < s.Length && Part21Token.IsDigit(s[end]))
            end++;
        var equals = Part21Token.SkipBlank(s, end);
        return end > digits && equals < s.Length && s[equals] == '=';
    }

    /// <summary>At an equals sign: goes back to the <c>#123</c> before it, if that is what stands there.</summary>
    bool TryStepBack()
    {
        var at = window.Position - 1;
        var limit = Math.Max(0, window.Position - HeadLength);
        while (at > limit && Part21Token.IsBlank(window.Buffer[at]))
            at--;
        var digits = at;
        while (at > limit && Part21Token.IsDigit(window.Buffer[at]))
            at--;
        if (at == digits || at < limit || window.Buffer[at] != '#')
            return false;
        window.Position = at;
        return true;
    }

    void SkipBlank()
    {
        while (true)
        {
            while (window.Position < window.End && Part21Token.IsBlank(window.Buffer[window.Position]))
                window.Position++;
            if (window.Position == window.End)
            {
                if (!window.Fill())
                    return;
            }
            else if (window.Buffer[window.Position] == '/')
            {
                if (!SkipComment())
                    return;
            }
            // "\N\" and "\F\" tell a printer to begin a line or page.
            else if (window.Buffer[window.Position] == '\\' && window.Has(3) && window.Rest is [_, (byte)'N' or (byte)'F', (byte)'\\', ..])
            {
                window.Position += 3;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>At a slash; false when it opens no comment.</summary>
    bool SkipComment()
    {
        if (!window.Has(2) || window.Rest[1] != '*')
            return false;
        window.Position += 2;
        while (true)
        {
            var star = window.Rest.IndexOf((byte)'*');
            window.Position = star < 0 ? window.End : window.Position + star + 1;
            var next = window.Peek();
            if (next < 0)
                return true;
            if (star >= 0 && next == '/')
            {
                window.Position++;
                return true;
            }
        }
    }

    /// <summary>After a broken start: goes on behind the next semicolon or line end.</summary>
    void Resync()
    {
        if (window.Peek() >= 0 && window.Buffer[window.Position] is not ((byte)';' or (byte)'\r' or (byte)'\n'))
            window.Position++;
        Opaque();
    }

    void Fail(string message, long? id) => findings.Warn(FindingCode.SyntaxError, message, id is { } known ? Locator(known) : null);

    static string Locator(long id) => string.Create(CultureInfo.InvariantCulture, $"#{id}");

    public void Dispose() => window.Dispose();
}
