using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PyBase.Extraction.Rows;

/// <summary>
/// Objects as rows: a list of them, one after the other (NDJSON), or Airtable's <c>{"records":[{"id","fields"}]}</c> with the cells inside. Held in memory is
/// one object.
/// </summary>
sealed class JsonRows : RowReader
{
    readonly Stream stream;
    readonly RowOptions options;
    readonly CancellationToken cancellation;
    readonly IReadOnlyDictionary<string, int> columns;
    readonly string?[] texts;
    readonly CellKind[] kinds;
    byte[] buffer = new byte[64 * 1024];
    int at, end, count;
    bool isEnd, isStarted;
    string? id;

    public JsonRows(Stream stream, IReadOnlyDictionary<string, int> columns, RowOptions options, CancellationToken cancellation)
    {
        (this.stream, this.columns, this.options, this.cancellation) = (stream, columns, options, cancellation);
        (texts, kinds) = (new string?[columns.Count], new CellKind[columns.Count]);
    }

    public override int Count => count;

    public override ReadOnlySpan<char> this[int column] => column < count ? texts[column] : default;

    public override CellKind KindOf(int column) => kinds[column];

    public override string? Id => id;

    /// <summary>The names that the objects use, in the order in which they come first.</summary>
    public static IReadOnlyList<string> Names(Stream stream, RowOptions options, FindingList findings, CancellationToken cancellation)
    {
        var names = new OrderedDictionary<string, bool>();
        using var rows = new JsonRows(stream, new Dictionary<string, int>(), options, cancellation);
        while (rows.Next() is { } row)
            using (row)
                foreach (var cell in CellsOf(row.RootElement, out _).EnumerateObject())
                    if (names.Count < options.MaxColumns)
                        names.TryAdd(cell.Name, true);
                    else if (!names.ContainsKey(cell.Name))
                        findings.Warn(RowFindingCode.ColumnsCut, $"The objects have more than {options.MaxColumns} properties; the rest was left out.", $"item {rows.Number}");
        return [.. names.Keys];
    }

    public override bool Read()
    {
        using var row = Next();
        if (row is null)
            return false;
        Array.Clear(texts);
        Array.Clear(kinds);
        count = texts.Length;
        foreach (var cell in CellsOf(row.RootElement, out id).EnumerateObject())
            if (columns.TryGetValue(cell.Name, out var column))
                (texts[column], kinds[column]) = Of(cell.Value);
        return true;
    }

    static JsonElement CellsOf(JsonElement row, out string? id)
    {
        id = null;
        if (row.TryGetProperty("fields", out var fields) && fields.ValueKind is JsonValueKind.Object && row.EnumerateObject().All(p => p.Name is "fields" or "id" or "createdTime" or "commentCount"))
        {
            id = row.TryGetProperty("id", out var given) && given.ValueKind is JsonValueKind.String ? given.GetString() : null;
            return fields;
        }
        return row;
    }

    (string? Text, CellKind Kind) Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => (Cut(value.GetString()!), CellKind.Text),
        JsonValueKind.Number => (value.GetRawText(), CellKind.Number),
        JsonValueKind.True => ("true", CellKind.Boolean),
        JsonValueKind.False => ("false", CellKind.Boolean),
        JsonValueKind.Null => (null, CellKind.Text),
        _ => (value.GetRawText(), CellKind.Json),
    };

    string Cut(string text) => text.Length <= options.MaxTextLength ? text : text[..options.MaxTextLength];

    /// <summary>The next object; null at the end.</summary>
    JsonDocument? Next()
    {
        if (!isStarted)
            Start();
        // Between objects: white space, commas of a list, and its end.
        while (Peek() is var letter && letter is (byte)',' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)']' or (byte)'}')
            at++;
        if (Peek() < 0)
            return null;
        Number++;
        if (Peek() != '{')
            throw Broken("it is no object");
        while (true)
        {
            var reader = new Utf8JsonReader(buffer.AsSpan(at, end - at), isFinalBlock: isEnd, new JsonReaderState(new JsonReaderOptions { MaxDepth = 64 }));
            try
            {
                if (reader.Read() && reader.TrySkip())
                {
                    var row = JsonDocument.Parse(buffer.AsMemory(at, (int)reader.BytesConsumed));
                    at += (int)reader.BytesConsumed;
                    return row;
                }
            }
            catch (JsonException)
            {
                throw Broken("it is not well-formed");
            }
            if (isEnd)
                throw Broken("the file ends in it");
            More();
        }
    }

    /// <summary>Goes into the list: past the mark, past <c>[</c>, and to the list <c>records</c> where the first object holds one.</summary>
    void Start()
    {
        isStarted = true;
        Fill();
        if (buffer.AsSpan(at, end - at).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            at += 3;
        while (Peek() is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            at++;
        if (Peek() == '[')
            at++;
        else if (Peek() == '{' && Records() is > 0 and var inside)
            at += inside;
        else if (Peek() is >= 0 and not '{')
            throw new RowsBrokenException(RowFindingCode.JsonBroken, "The file is neither a list of objects nor objects line by line.");
    }

    /// <summary>Where the items of <c>records</c> begin, when that is the first property; else 0.</summary>
    int Records()
    {
        var reader = new Utf8JsonReader(buffer.AsSpan(at, end - at), isFinalBlock: isEnd, default);
        try
        {
            return reader.Read() && reader.Read() && reader.TokenType is JsonTokenType.PropertyName && reader.ValueTextEquals("records"u8)
                && reader.Read() && reader.TokenType is JsonTokenType.StartArray ? (int)reader.BytesConsumed : 0;
        }
        catch (JsonException)
        {
            return 0;
        }
    }

    RowsBrokenException Broken(string why) => new(RowFindingCode.JsonBroken, string.Create(CultureInfo.InvariantCulture, $"Item {Number} cannot be read: {why}."));

    int Peek()
    {
        if (at == end && !isEnd)
        {
            (at, end) = (0, 0);
            Fill();
        }
        return at < end ? buffer[at] : -1;
    }

    /// <summary>Keeps what is left of the buffer and reads on; an object may be as long as a row.</summary>
    void More()
    {
        buffer.AsSpan(at, end - at).CopyTo(buffer);
        (at, end) = (0, end - at);
        if (end == buffer.Length)
        {
            if (buffer.Length >= options.MaxRowLength)
                throw new RowsBrokenException(RowFindingCode.RowTooLong, string.Create(CultureInfo.InvariantCulture, $"Item {Number} has more than {options.MaxRowLength:N0} bytes."));
            Array.Resize(ref buffer, buffer.Length * 2);
        }
        Fill();
    }

    void Fill()
    {
        cancellation.ThrowIfCancellationRequested();
        var read = stream.ReadAtLeast(buffer.AsSpan(end), buffer.Length - end, throwOnEndOfStream: false);
        isEnd = end + read < buffer.Length;
        end += read;
    }

    protected override void Dispose(bool disposing) => stream.Dispose();
}
