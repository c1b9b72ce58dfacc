using System.Globalization;

namespace PyBase.Benchmarks.Tables;

/// <summary>A table of twenty mixed fields, filled past the API.</summary>
sealed class PartsTable(Workbench bench, string id, IReadOnlyDictionary<string, string> fields)
{
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

    /// <summary>The cells of row <c>n</c> in SQL; amounts are scattered, so that their order is not that of the rows.</summary>
    static readonly (string Field, string Value)[] Cells =
    [
        ("Name", "'Part ' || n"), ("Notes", "'Bracket for assembly ' || md5(n::text) || ', deburred and anodised'"), ("Amount", "(n::bigint * 7919 % 10000019)::float8"),
        ("Price", "n % 9973 / 100.0"), ("Share", "n % 100 / 100.0"), ("Done", "case when n % 2 = 0 then true end"), ("State", "$state"), ("Tags", "array[$tags]"),
        ("Day", "date '2020-01-01' + (n % 2000)"), ("When", "timestamptz '2020-01-01Z' + n * interval '1 minute'"), ("Stars", "n % 5 + 1"), ("Time", "n % 86400"),
        ("Mail", "'p' || n || '@example.org'"), ("Web", "'https://example.org/' || n"), ("Phone", "'+41 44 ' || n"), ("Code", "md5((n + 1)::text)"),
        ("Supplier", "'Supplier ' || n % 500"), ("Weight", "n % 7777 / 7.0"), ("Length", "n % 3333 / 3.0"), ("City", "'City ' || n % 300"),
    ];

    public string Id => id;

    public string this[string field] => fields[field];

    public string Path => $"/v0/{bench.BaseId}/{id}";

    public string Sql => $"\"{bench.BaseId}\".\"{id}\"";

    public string Columns => string.Join(", ", Cells.Select(c => $"\"{fields[c.Field]}\""));

    public async Task FillAsync(int rows, bool isSearchable)
    {
        var choices = await bench.ScalarAsync<string>($"select options -> 'choices' -> 0 ->> 'id' from pybase.fields where id = '{fields["State"]}'");
        var tags = await bench.ScalarAsync<string>($"select options -> 'choices' -> 1 ->> 'id' from pybase.fields where id = '{fields["Tags"]}'");
        var values = string.Join(", ", Cells.Select(c => c.Value)).Replace("$state", $"'{choices}'", StringComparison.Ordinal).Replace("$tags", $"'{tags}'", StringComparison.Ordinal);
        await bench.ExecuteAsync($"""
            insert into {Sql} (_id, _created, _modified, {Columns})
            select 'rec' || substr(md5('{id}' || n), 1, 14), now(), now(), {values} from generate_series(1, {rows.ToString(CultureInfo.InvariantCulture)}) n
            """);
        string[] texts = ["Name", "Notes", "Mail", "Web", "Phone", "Code", "Supplier", "City"];
        if (isSearchable)
            await bench.ExecuteAsync($"insert into \"{bench.BaseId}\".\"src_{id}\" (record, text) select _id, concat_ws(E'\\n', {string.Join(", ", texts.Select(t => $"\"{fields[t]}\""))}) from {Sql}");
        await bench.ExecuteAsync($"vacuum analyze {Sql}");
    }

    public Task<string[]> IdsAsync(int count) => bench.ScalarAsync<string[]>($"select array(select _id from {Sql} order by _number limit {count.ToString(CultureInfo.InvariantCulture)})");

    /// <summary>The cells of row <paramref name="n"/> as a client sends them.</summary>
    public static string Json(int n) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"Name":"Part {{n}}","Notes":"Bracket for assembly {{n}}, deburred and anodised","Amount":{{n}},"Price":{{n % 9973}}.25,"Share":0.5,"Done":true,"State":"Open","Tags":["Released"],
        "Day":"2026-11-24","When":"2026-11-24T08:00:00.000Z","Stars":3,"Time":3600,"Mail":"p{{n}}@example.org","Web":"https://example.org/{{n}}","Phone":"+41 44 {{n}}","Code":"c{{n}}",
        "Supplier":"Supplier {{n % 500}}","Weight":{{n}}.5,"Length":{{n}}.25,"City":"City {{n % 300}}"}
        """);
}
