using System.Buffers;

namespace PyBase.Extraction.Rows;

/// <summary>
/// Delimited text (RFC 4180, with any delimiter, quote and line end), read in blocks. A quote counts at the beginning of a cell only; what follows its end up
/// to the delimiter belongs to the cell.
/// </summary>
sealed class CsvRows : RowReader
{
    const int Block = 64 * 1024;

    readonly TextReader text;
    readonly char delimiter, quote;
    readonly RowOptions options;
    readonly FindingList findings;
    readonly CancellationToken cancellation;
    readonly SearchValues<char> stops;
    readonly char[] buffer = new char[Block];
    readonly List<int> ends = [];
    char[] row = new char[4096];
    int at, end, length, line = 1, blocks;
    bool isLong, isWide;

    public CsvRows(TextReader text, char delimiter, char quote, RowOptions options, FindingList findings, CancellationToken cancellation)
    {
        (this.text, this.delimiter, this.quote, this.options, this.findings, this.cancellation) = (text, delimiter, quote, options, findings, cancellation);
        stops = SearchValues.Create([delimiter, '\r', '\n']);
    }

    public override int Count => ends.Count;

    public override ReadOnlySpan<char> this[int column]
    {
        get
        {
            if (column >= ends.Count)
                return default;
            var start = column == 0 ? 0 : ends[column - 1];
            return Unguarded(row.AsSpan(start, ends[column] - start));
        }
    }

    /// <summary>Without the apostrophe that an export puts before a text which a spreadsheet would run: <c>'=1+1</c>.</summary>
    static ReadOnlySpan<char> Unguarded(ReadOnlySpan<char> cell) =>
        cell is ['\'', ..] && cell.TrimStart('\'') is [var first, ..] && first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? cell[1..] : cell;

    /// <summary>Passes over the rest of the line, whatever it holds: <c>sep=;</c>.</summary>
    public void SkipLine()
    {
        text.ReadLine();
        line++;
    }

    public override bool Read()
    {
        while (ReadRecord())
            if (!row.AsSpan(0, length).IsWhiteSpace())
                return true;
        return false;
    }

    bool ReadRecord()
    {
        ends.Clear();
        (length, Number, isWide) = (0, line, false);
        if (at == end && !Fill())
            return false;
        while (true)
        {
            if (at < end && buffer[at] == quote)
            {
                at++;
                ReadQuoted();
            }
            if (!ReadPlain())
                return true;
            var stop = buffer[at++];
            if (stop == delimiter)
            {
                if (at < end || Fill())
                    continue;
                EndCell();
                return true;
            }
            if (stop == '\r' && (at < end || Fill()) && buffer[at] == '\n')
                at++;
            line++;
            return true;
        }
    }

    /// <summary>Up to a delimiter or a line end, and ends the cell; false when the file ends first.</summary>
    bool ReadPlain()
    {
        while (true)
        {
            var rest = buffer.AsSpan(at, end - at);
            var stop = rest.IndexOfAny(stops);
            Append(stop < 0 ? rest : rest[..stop]);
            at += stop < 0 ? rest.Length : stop;
            if (stop < 0 && Fill())
                continue;
            EndCell();
            return stop >= 0;
        }
    }

    void ReadQuoted()
    {
        var started = line;
        while (true)
        {
            if (at == end && !Fill())
                throw new RowsBrokenException(RowFindingCode.QuoteOpen, $"The quoted text that begins in line {started} is not closed.");
            var rest = buffer.AsSpan(at, end - at);
            var stop = rest.IndexOf(quote);
            var part = stop < 0 ? rest : rest[..stop];
            line += part.Count('\n');
            Append(part);
            at += part.Length;
            if (stop < 0)
                continue;
            at++;
            if ((at == end && !Fill()) || buffer[at] != quote)
                return;
            // Two of them are one.
            Append(buffer.AsSpan(at, 1));
            at++;
        }
    }

    void Append(ReadOnlySpan<char> part)
    {
        if (part.IsEmpty)
            return;
        if (ends.Count >= options.MaxColumns)
            return;
        if (part.Contains('\0'))
        {
            // No database stores it, and no cell means it.
            foreach (var range in part.Split('\0'))
                Append(part[range]);
            return;
        }
        var start = ends.Count == 0 ? 0 : ends[^1];
        if (length - start + part.Length > options.MaxTextLength)
        {
            isLong = true;
            part = part[..Math.Max(0, options.MaxTextLength - (length - start))];
        }
        if (length + part.Length > options.MaxRowLength)
            throw new RowsBrokenException(RowFindingCode.RowTooLong, $"The row that begins in line {Number} has more than {options.MaxRowLength:N0} characters.");
        if (length + part.Length > row.Length)
            Array.Resize(ref row, Math.Max(row.Length * 2, length + part.Length));
        part.CopyTo(row.AsSpan(length));
        length += part.Length;
    }

    void EndCell()
    {
        if (ends.Count >= options.MaxColumns)
        {
            // Once a row: a line of commas has millions of them.
            if (!isWide)
                findings.Warn(RowFindingCode.ColumnsCut, $"There are more than {options.MaxColumns} columns; the rest was left out.", $"line {Number}");
            isWide = true;
            return;
        }
        if (isLong)
        {
            // Not through the middle of a character.
            if (length > 0 && char.IsHighSurrogate(row[length - 1]))
                length--;
            findings.Warn(FindingCode.TextCut, $"A text has more than {options.MaxTextLength:N0} characters and was cut.", $"line {Number}");
            isLong = false;
        }
        ends.Add(length);
    }

    bool Fill()
    {
        if (++blocks % 16 == 0)
            cancellation.ThrowIfCancellationRequested();
        (at, end) = (0, text.ReadBlock(buffer));
        return end > 0;
    }

    protected override void Dispose(bool disposing) => text.Dispose();
}
