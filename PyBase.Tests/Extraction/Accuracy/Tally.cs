using System.Globalization;

namespace PyBase.Tests.Extraction.Accuracy;

/// <summary>Something that a file holds or a reader reports: which thing, and what is said of it.</summary>
readonly record struct Fact(string Key, string Value)
{
    public override string ToString() => Value.Length == 0 ? Key : $"{Key} = {Value}";
}

/// <summary>How many facts of one kind were expected, reported and right.</summary>
sealed class Score
{
    public int Files { get; set; }
    public int Expected { get; set; }
    public int Reported { get; set; }
    public int Right { get; set; }

    /// <summary>Reported of a thing that is there, but not as it is.</summary>
    public int Wrong { get; set; }
    public int Missing => Expected - Right - Wrong;
    public int Extra => Reported - Right - Wrong;
    public double Precision => Reported == 0 ? 1 : (double)Right / Reported;
    public double Recall => Expected == 0 ? 1 : (double)Right / Expected;
    public double F1 => Expected + Reported == 0 ? 1 : 2.0 * Right / (Expected + Reported);

    /// <summary>In percent with two digits, cut off, so that 100 means that nothing is wrong.</summary>
    public static string Percent(double share) => (Math.Floor(share * 10_000) / 100).ToString("0.00", CultureInfo.InvariantCulture);
}

/// <summary>Compares what is in the files with what was reported, each fact once.</summary>
sealed class Tally
{
    readonly Dictionary<(string Format, string Kind), Score> scores = [];

    /// <summary>In the order in which they were first added.</summary>
    public IReadOnlyDictionary<(string Format, string Kind), Score> Scores => scores;

    /// <summary>What is not right, for whoever mends it.</summary>
    public List<string> Misses { get; } = [];

    /// <summary>Facts that stand twice count twice.</summary>
    public void Add(string format, string kind, string file, IEnumerable<Fact> expected, IEnumerable<Fact> reported)
    {
        if (!scores.TryGetValue((format, kind), out var score))
            scores.Add((format, kind), score = new Score());
        List<Fact> all = [.. expected], found = [.. reported];
        if (all.Count + found.Count == 0)
            return;
        var left = found.GroupBy(fact => fact).ToDictionary(same => same.Key, same => same.Count());
        var missed = all.Where(fact => !Take(left, fact)).ToList();
        score.Files++;
        score.Expected += all.Count;
        score.Reported += found.Count;
        score.Right += all.Count - missed.Count;

        var others = left.SelectMany(fact => Enumerable.Repeat(fact.Key, fact.Value)).GroupBy(fact => fact.Key).ToDictionary(same => same.Key, same => new Queue<string>(same.Select(fact => fact.Value)));
        foreach (var fact in missed)
        {
            var isWrong = others.TryGetValue(fact.Key, out var values) && values.Count > 0;
            if (isWrong)
                score.Wrong++;
            Misses.Add($"{format} {kind} {file}: {fact}{(isWrong ? $", reported {values!.Dequeue()}" : " is missing")}");
        }
        Misses.AddRange(others.SelectMany(other => other.Value.Select(value => $"{format} {kind} {file}: {new Fact(other.Key, value)} is not there")));
    }

    static bool Take(Dictionary<Fact, int> left, Fact fact)
    {
        if (!left.TryGetValue(fact, out var count))
            return false;
        if (count == 1)
            left.Remove(fact);
        else
            left[fact] = count - 1;
        return true;
    }

    /// <summary>What to write for a reported number: the expected one where it is that within the tolerance.</summary>
    public static string Near(double? expected, double? reported, double tolerance) =>
        Show(expected is { } wanted && reported is { } found && Math.Abs(wanted - found) <= tolerance ? wanted : reported);

    public static string Show(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
