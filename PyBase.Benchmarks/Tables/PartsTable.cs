using System.Globalization;
using System.Text;

namespace PyBase.Benchmarks.Tables;

/// <summary>A table of twenty mixed fields, filled past the API.</summary>
sealed class PartsTable(Workbench bench, string id, IReadOnlyDictionary<string, string> fields)
{
    /// <summary>COPYs at once.</summary>
    const int Hands = 2;

    static readonly object Iso = new { name = "iso" };
    static readonly object[] Choices = [new { name = "Open" }, new { name = "Released" }, new { name = "Obsolete" }];

    public static readonly object[] Fields =
    [
        new { name = "Name", type = "singleLineText" }, new { name = "Notes", type = "multilineText" }, new { name = "Amount", type = "number", options = new { precision = 3 } },
        new { name = "Price", type = "currency", options = new { precision = 2, symbol = "€" } }, new { name = "Share", type = "percent", options = new { precision = 1 } },
        new { name = "Done", type = "checkbox", options = new { icon = "check", color = "greenBright" } }, new { name = "State", type = "singleSelect", options = new { choices = Choices } },
        new { name = "Tags", type = "multipleSelects", options = new { choices = Choices } }, new { name = "Day", type = "date", options = new { dateFormat = Iso } },
        new { name = "When", type = "dateTime", options = new { dateFormat = Iso, timeFormat = new { name = "24hour" }, timeZone = "utc" } },
        new { name = "Stars", type = "rating", options = new { icon = "star", max = 5, color = "yellowBright" } }, new { name = "Time", type = "duration", options = new { durationFormat = "h:mm" } },
        new { name = "Mail", type = "email" }, new { name = "Web", type = "url" }, new { name = "Phone", type = "phoneNumber" }, new { name = "Code", type = "singleLineText" },
        new { name = "Supplier", type = "singleLineText" }, new { name = "Weight", type = "number", options = new { precision = 2 } },
        new { name = "Length", type = "number", options = new { precision = 2 } }, new { name = "City", type = "singleLineText" },
    ];

    static readonly string[] Names = ["Name", "Notes", "Amount", "Price", "Share", "Done", "State", "Tags", "Day", "When", "Stars", "Time", "Mail", "Web", "Phone", "Code", "Supplier", "Weight", "Length", "City"];
    static readonly string[] Texts = ["Name", "Notes", "Mail", "Web", "Phone", "Code", "Supplier", "City"];

    public string Id => id;

    public string this[string field] => fields[field];

    public string Path => $"/v0/{bench.BaseId}/{id}";

    public string Sql => $"\"{bench.BaseId}\".\"{id}\"";

    public string Columns => string.Join(", ", Names.Select(name => $"\"{fields[name]}\""));

    /// <summary>COPYs rows 1 to <paramref name="rows"/>; amounts are scattered, so that their order is not that of the rows.</summary>
    public async Task FillAsync(int rows, bool isSearchable)
    {
        var state = await bench.ScalarAsync<string>($"select options -> 'choices' -> 0 ->> 'id' from pybase.fields where id = '{fields["State"]}'");
        var tags = await bench.ScalarAsync<string>($"select options -> 'choices' -> 1 ->> 'id' from pybase.fields where id = '{fields["Tags"]}'");
        await Task.WhenAll(Enumerable.Range(0, Hands).Select(hand => CopyAsync(Enumerable.Range(1, rows).Where(n => n % Hands == hand), state, tags)));
        var search = $"\"{bench.BaseId}\".\"src_{id}\"";
        if (isSearchable)
            await bench.ExecuteAsync($"insert into {search} (record, text) select _id, concat_ws(E'\\n', {string.Join(", ", Texts.Select(t => $"\"{fields[t]}\""))}) from {Sql}");
        await bench.ExecuteAsync($"vacuum analyze {Sql}");
        await bench.ExecuteAsync($"vacuum analyze {search}");
        // PyBase makes the index of text search once it sees how many rows there are.
        while (isSearchable && rows >= 10_000 && !await bench.ScalarAsync<bool>($"select exists (select from pg_index where indrelid = '{search}'::regclass and not indisprimary and indisvalid)"))
            await Task.Delay(50);
        if (await bench.ScalarAsync<long>($"select count(*) from {Sql}") != rows)
            throw new InvalidOperationException("The table is not filled.");
    }

    async Task CopyAsync(IEnumerable<int> rows, string state, string tags)
    {
        await using var connection = await bench.Data.OpenConnectionAsync();
        await using var import = await connection.BeginTextImportAsync($"copy {Sql} (_id, _created, _modified, {Columns}) from stdin");
        var (text, day, moment) = (new StringBuilder(), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc), TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
        foreach (var n in rows)
        {
            var code = (ulong)n * 0x9E3779B97F4A7C15;
            text.Append(CultureInfo.InvariantCulture, $"rec{id.AsSpan(3, 6)}{n:d8}\t{moment}\t{moment}\tPart {n}\tBracket for assembly {code:x16}, deburred and anodised\t{(long)n * 7919 % 10_000_019}\t");
            text.Append(CultureInfo.InvariantCulture, $"{n % 9973 / 100.0}\t{n % 100 / 100.0}\t{(n % 2 == 0 ? "t" : "\\N")}\t{state}\t{{{tags}}}\t{day.AddDays(n % 2000):yyyy-MM-dd}\t{day.AddMinutes(n):O}\t");
            text.Append(CultureInfo.InvariantCulture, $"{n % 5 + 1}\t{n % 86_400}\tp{n}@example.org\thttps://example.org/{n}\t+41 44 {n}\t{code * 31:x16}\tSupplier {n % 500}\t{n % 7777 / 7.0}\t{n % 3333 / 3.0}\tCity {n % 300}\n");
            if (text.Length < 60_000)
                continue;
            await WriteAsync();
        }
        await WriteAsync();

        async Task WriteAsync()
        {
            foreach (var chunk in text.GetChunks())
                await import.WriteAsync(chunk);
            text.Clear();
        }
    }

    public Task<string[]> IdsAsync(int count) => bench.ScalarAsync<string[]>($"select array(select _id from {Sql} order by _number limit {count.ToString(CultureInfo.InvariantCulture)})");

    /// <summary>The cells of row <paramref name="n"/> as a client sends them.</summary>
    public static string Json(int n) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"Name":"Part {{n}}","Notes":"Bracket for assembly {{n}}, deburred and anodised","Amount":{{n}},"Price":{{n % 9973}}.25,"Share":0.5,"Done":true,"State":"Open","Tags":["Released"],
        "Day":"2026-11-24","When":"2026-11-24T08:00:00.000Z","Stars":3,"Time":3600,"Mail":"p{{n}}@example.org","Web":"https://example.org/{{n}}","Phone":"+41 44 {{n}}","Code":"c{{n}}",
        "Supplier":"Supplier {{n % 500}}","Weight":{{n}}.5,"Length":{{n}}.25,"City":"City {{n % 300}}"}
        """);
}
