using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using PyBase.Core.Formulas;
using PyBase.Tests.Support;

namespace PyBase.Tests.Formulas;

/// <summary>Patterns of RE2 in PostgreSQL against .NET's linear engine, which matches as RE2 does.</summary>
public sealed class RegexTests(Servers servers)
{
    /// <summary>What RE2 and .NET spell or mean differently: .NET's $ also stands before a last newline, its classes go beyond ASCII.</summary>
    static readonly (string Re2, string Net)[] Dialects =
        [("$", "\\z"), ("[[:alpha:]]", "[A-Za-z]"), ("\\x{E9}", "\u00E9"), ("\\d", "[0-9]"), ("\\w", "[0-9A-Za-z_]"), ("\\s", "[\\t\\n\\f\\r ]"), ("\\S", "[^\\t\\n\\f\\r ]")];

    const string Alphabet = "aabbc1_ -.A\né";

    [Theory]
    [InlineData("a(?=b)", "look-around")]
    [InlineData("a(?!b)", "look-around")]
    [InlineData("(?<=a)b", "look-around")]
    [InlineData("(?<!a)b", "look-around")]
    [InlineData("(a)\\1", "back-references")]
    [InlineData("a**", "repeat follows a repeat")]
    [InlineData("*a", "nothing before *")]
    [InlineData("a|{2}", "nothing before {")]
    [InlineData("a{1001}", "1000 times")]
    [InlineData("(a{100}){100}", "written out")]
    [InlineData("a{3,2}", "ends below")]
    [InlineData("(a", "without its )")]
    [InlineData("a)", "without its (")]
    [InlineData("[a", "without its ]")]
    [InlineData("[b-a]", "ends below")]
    [InlineData("a\\", "ends with a backslash")]
    [InlineData("\\Z", "not an escape")]
    [InlineData("\\C", "a byte")]
    [InlineData("\\p{Greek}", "general category")]
    [InlineData("[[:foo:]]", "no class")]
    [InlineData("\\x{110000}", "\\x stands")]
    [InlineData("(?z)a", "flags")]
    [InlineData("(?P=a)", "(?P stands")]
    public void What_RE2_does_not_know_is_refused_with_the_reason(string pattern, string reason)
    {
        foreach (var translated in new[] { RegularExpressions.Match(pattern), RegularExpressions.Extract(pattern), RegularExpressions.Replace(pattern, "") })
            Assert.Contains(reason, translated.Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\d+|\\w+")]
    [InlineData("a?(ab)?")]
    [InlineData("(?:a|ab)(?:c|bcd)?")]
    [InlineData("a+?b*")]
    [InlineData("(?:a*?|b)c?")]
    public void Where_the_order_of_alternatives_decides_a_match_is_found_but_not_taken_out(string pattern)
    {
        Assert.Null(RegularExpressions.Match(pattern).Refusal);
        Assert.Contains("order of its alternatives", RegularExpressions.Extract(pattern).Refusal, StringComparison.Ordinal);
        Assert.Contains("order of its alternatives", RegularExpressions.Replace(pattern, "").Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a*", "x", "begin with ^")]
    [InlineData("(a)", "$2", "group 2")]
    [InlineData("(a|ab)(b?)(c+)", "$1", "groups")]
    [InlineData("(?:(a)|b)+c", "$1", "groups")]
    public void A_replacement_that_PostgreSQL_would_write_otherwise_is_refused(string pattern, string replacement, string reason) =>
        Assert.Contains(reason, RegularExpressions.Replace(pattern, replacement).Refusal, StringComparison.Ordinal);

    /// <summary>What people write, by kind: pattern, text, first match, replacement, text with all matches replaced. All must be accepted.</summary>
    [Theory]
    [InlineData(@"\d+", "abc 123 de 45", "123", "<$0>", "abc <123> de <45>")]
    [InlineData(@"[A-Z]{2}-\d{3,}", "x AB-1234 y", "AB-1234", "", "x  y")]
    [InlineData(@"<.+?>", "<b>bold</b>", "<b>", "", "bold")]
    [InlineData(@"<.+>", "<b>bold</b>", "<b>bold</b>", "", "")]
    [InlineData(@"^(.*?) (.*)$", "Ada King Lovelace", "Ada King Lovelace", "$2, $1", "King Lovelace, Ada")]
    [InlineData(@"^(.*) (.*)$", "Ada King Lovelace", "Ada King Lovelace", "\\2, \\1", "Lovelace, Ada King")]
    [InlineData(@"(\w+)@(\w+)\.com", "me@home.com you@work.com", "me@home.com", "$2:$1", "home:me work:you")]
    [InlineData(@"(\d{4})-(\d{2})-(\d{2})", "on 2024-12-31.", "2024-12-31", "$3.$2.$1", "on 31.12.2024.")]
    [InlineData(@"https?://[^\s/]+", "see https://a.b/c", "https://a.b", "[$&]", "see [$&]/c")]
    [InlineData(@"(?i)straße", "STRAßE", "STRAßE", "x", "x")]
    [InlineData(@"(?i:k)elvin", "\u212Aelvin Kelvin", "\u212Aelvin", "K", "K K")]
    [InlineData(@"\bcat\b", "concat cat cats", "cat", "dog", "concat dog cats")]
    [InlineData(@"(?m)^\w+$", "one\ntwo three\nfour", "one", "#", "#\ntwo three\n#")]
    [InlineData(@"(?s)a.b", "a\nb", "a\nb", "x", "x")]
    [InlineData(@"\Qa.b\E+", "axb a.bbb", "a.bbb", "x", "axb x")]
    [InlineData(@"\p{Lu}\pL+", "été Été", "Été", "x", "été x")]
    [InlineData(@"[[:alpha:]]+[[:^alpha:]]", "abc1", "abc1", "x", "x")]
    [InlineData(@"[^,]+", "a b,c", "a b", "x", "x,x")]
    [InlineData(@"(?P<year>\d{4})", "in 1999", "1999", "${year}$1", "in ${year}1999")]
    [InlineData(@"\s+", "a  b \t c", "  ", " ", "a b c")]
    [InlineData(@"^\s+|\s+$", "  a b  ", "  ", "", "a b")]
    [InlineData(@"(?:red|green|blue)", "a green one", "green", "\\\\$$", "a \\$ one")]
    [InlineData(@"[^[:ascii:]]", "naïve 😀", "ï", "?", "na?ve ?")]
    [InlineData(@"\x{1F600}", "a😀", "😀", ":)", "a:)")]
    [InlineData(@"(?U)a+", "aaa", "a", "b", "bbb")]
    [InlineData(@".{300}x", "", null, "b", "")]
    public async Task What_people_write_is_accepted_and_means_the_same(string pattern, string text, string? first, string replacement, string replaced)
    {
        await using var database = await DateFunctionsDatabase.OpenAsync(servers);
        var (match, extract, replace) = (RegularExpressions.Match(pattern), RegularExpressions.Extract(pattern), RegularExpressions.Replace(pattern, replacement));
        Assert.Equal([null, null, null], new[] { match.Refusal, extract.Refusal, replace.Refusal });
        Assert.Equal([first is not null], await database.AskAsync<bool>("""select $1 ~ ($2 collate "C")""", text, match.Pattern));
        Assert.Equal([first], await database.AskAsync<string>("""select substring($1, $2 collate "C")""", text, extract.Pattern));
        Assert.Equal([replaced], await database.AskAsync<string>("select pybase.regex_replace($1, $2, $3, $4, $5)", text, replace.Pattern, replace.Replacement!, replace.Added, replace.References));
    }

    [Fact]
    public async Task Random_patterns_match_and_replace_as_in_a_linear_engine()
    {
        await using var database = await DateFunctionsDatabase.OpenAsync(servers);
        var random = new Random(4);
        var (matches, extracts, replaces) = (new List<Case>(), new List<Case>(), new List<Case>());
        for (var round = 0; round < 3000; round++)
        {
            var groups = 0;
            var pattern = Pattern(random, 3, ref groups);
            var text = string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            // In .NET words go beyond ASCII.
            if (pattern.Contains("\\b", StringComparison.OrdinalIgnoreCase))
                text = text.Replace('é', 'a');
            var oracle = new Regex(Dialects.Aggregate(pattern, (said, dialect) => said.Replace(dialect.Re2, dialect.Net, StringComparison.Ordinal)), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            var match = RegularExpressions.Match(pattern);
            Assert.Null(match.Refusal);
            matches.Add(new(pattern, text, match, oracle.IsMatch(text) ? "yes" : "no"));
            if (RegularExpressions.Extract(pattern) is { Refusal: null } extract)
                extracts.Add(new(pattern, text, extract, oracle.Match(text) is { Success: true } found ? found.Value : "(none)"));
            var replacement = groups == 0 ? "<$0>" : $"<{string.Join('|', Enumerable.Range(1, groups).Where(_ => random.Next(3) > 0).Select(group => "$" + group))}>";
            if (RegularExpressions.Replace(pattern, replacement) is { Refusal: null } replace)
                replaces.Add(new(pattern, text, replace, oracle.Replace(text, replacement.Replace("$0", "$&", StringComparison.Ordinal)), replacement));
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{matches.Count} matched, {extracts.Count} extracted, {replaces.Count} replaced");
        Assert.True(extracts.Count > 1500 && replaces.Count > 800, $"{extracts.Count} and {replaces.Count} accepted");
        await CompareAsync(database, matches, """case when t ~ (p collate "C") then 'yes' else 'no' end""");
        await CompareAsync(database, extracts, """coalesce(substring(t, p collate "C"), '(none)')""");
        await CompareAsync(database, replaces, "pybase.regex_replace(t, p, r, 10, 10)");
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(.*)*x")]
    [InlineData("(a|aa)+$")]
    [InlineData("(a|a?)+$")]
    [InlineData("(?:a?){30}a{30}$")]
    [InlineData("(.*a){20}x")]
    [InlineData("([a-z]+)*\\d")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    [InlineData("(?:x+x+)+y")]
    [InlineData("(?i)(?:a{0,20}){20}b")]
    [InlineData("[ab]*a[ab]{12}c")]
    [InlineData("(?:\\w?){200}z")]
    [InlineData("(?:a{0,30}b?){30}c")]
    [InlineData("\\pL{100}\\pN")]
    public async Task No_pattern_takes_long_on_a_long_text(string pattern)
    {
        await using var database = await DateFunctionsDatabase.OpenAsync(servers);
        var match = RegularExpressions.Match(pattern);
        Assert.Null(match.Refusal);
        var text = new StringBuilder().Insert(0, "a", 99_999).Append('!').ToString();
        const string sql = """select t ~ (p collate "C") from unnest($1, $2) as c (t, p)""";
        await database.AskAsync<bool>(sql, new[] { "a" }, new[] { "a" });
        var watch = Stopwatch.StartNew();
        await database.AskAsync<bool>(sql, new[] { text }, new[] { match.Pattern });
        var took = watch.Elapsed;
        TestContext.Current.TestOutputHelper?.WriteLine($"{took.TotalMilliseconds} ms");
        // A tenth of a second on a quiet machine; the bound is for one that is busy.
        Assert.True(took < TimeSpan.FromSeconds(2), $"{took.TotalMilliseconds} ms");
    }

    [Fact]
    public void A_hostile_pattern_is_judged_at_once()
    {
        string[] patterns =
        [
            new('(', 5000), new('[', 2000), new('a', 5000), string.Concat(Enumerable.Repeat("(a|", 600)), string.Concat(Enumerable.Repeat("(?:", 300)), new('\\', 1999),
            string.Concat(Enumerable.Repeat("(a*)", 400)), string.Concat(Enumerable.Repeat("(a?)", 90)) + "(.*)(.*)", string.Concat(Enumerable.Repeat(@"\pL?", 400)),
            string.Concat(Enumerable.Repeat(".*a", 300)), "(?:a|b|c|d|e|ab|bc|cd|de){1000}", "(x{0,1000})(y{0,900})", "\ud800", "[\ud800-\udfff]", "(?i)[\\x{0}-\\x{10ffff}]",
        ];
        foreach (var pattern in patterns)
        {
            var watch = Stopwatch.StartNew();
            _ = (RegularExpressions.Match(pattern), RegularExpressions.Extract(pattern), RegularExpressions.Replace(pattern, "$1"));
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"{pattern[..Math.Min(20, pattern.Length)]}: {watch.ElapsedMilliseconds} ms");
        }
    }

    [Fact]
    public async Task A_replacement_that_would_grow_without_end_has_no_result()
    {
        await using var database = await DateFunctionsDatabase.OpenAsync(servers);
        var replace = RegularExpressions.Replace("a", new string('x', 1000));
        Assert.Equal(1000, replace.Added);
        const string sql = "select pybase.regex_replace(repeat('a', $1), $2, $3, $4, $5)";
        Assert.Equal([null], await database.AskAsync<string>(sql, 100_000, replace.Pattern, replace.Replacement!, replace.Added, replace.References));
        Assert.Equal(100_000, (await database.AskAsync<string>(sql, 100, replace.Pattern, replace.Replacement!, replace.Added, replace.References))[0]!.Length);
    }

    sealed record Case(string Pattern, string Text, RegularExpression Translated, string Expected, string Replacement = "");

    static async Task CompareAsync(DateFunctionsDatabase database, List<Case> cases, string sql)
    {
        var answers = await database.AskAsync<string>($"select {sql} from unnest($1, $2, $3) with ordinality as c (t, p, r, n) order by n",
            cases.Select(c => c.Text).ToArray(), cases.Select(c => c.Translated.Pattern).ToArray(), cases.Select(c => c.Translated.Replacement ?? "").ToArray());
        var wrong = cases.Zip(answers).Where(pair => pair.First.Expected != pair.Second)
            .Select(pair => $"{pair.First.Pattern} → {pair.First.Translated.Pattern} on “{pair.First.Text}” {pair.First.Replacement}: {pair.First.Expected}, got {pair.Second}").ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases.Count} differ:\n{string.Join('\n', wrong.Take(10))}");
    }

    static string Pattern(Random random, int depth, ref int groups)
    {
        var branches = new List<string>();
        for (var branch = random.Next(5) == 0 ? 2 : 1; branch > 0; branch--)
        {
            var sequence = new StringBuilder();
            for (var item = random.Next(1, 4); item > 0; item--)
                sequence.Append(Item(random, depth, ref groups));
            branches.Add(sequence.ToString());
        }
        return string.Join('|', branches);
    }

    static string Item(Random random, int depth, ref int groups)
    {
        string[] atoms = ["a", "b", "c", "1", "-", "\\.", ".", "\\d", "\\w", "\\s", "\\S", "[ab]", "[^a]", "[a-c1]", "[^\\n-]", "[[:alpha:]]", "\\p{L}", "(?i:a)", "(?s:.)", "\\x{E9}"];
        string[] anchors = ["^", "$", "\\b", "\\B", "(?m:^)", "\\A", "\\z"];
        var kind = random.Next(10);
        if (kind == 0)
            return anchors[random.Next(anchors.Length)];
        string atom;
        if (kind < 3 && depth > 0)
        {
            var captures = random.Next(2) == 0;
            if (captures)
                groups++;
            atom = $"({(captures ? "" : "?:")}{Pattern(random, depth - 1, ref groups)})";
        }
        else
            atom = atoms[random.Next(atoms.Length)];
        string[] repeats = ["", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,3}", "{0,2}?", "{2,}"];
        return atom + repeats[random.Next(repeats.Length)];
    }
}
