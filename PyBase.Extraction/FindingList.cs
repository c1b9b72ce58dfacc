namespace PyBase.Extraction;

/// <summary>
/// Collects findings so that a hostile file cannot make many: equal messages are counted, and of each code at most
/// <see cref="MessagesPerCode"/> different messages are kept, the rest being counted under one more.
/// </summary>
sealed class FindingList
{
    /// <summary>Different messages kept per code.</summary>
    public const int MessagesPerCode = 20;
    const string More = "More of the same kind.";

    readonly List<Finding> list = [];
    readonly Dictionary<(string Code, string Message), int> places = [];
    readonly Dictionary<string, int> perCode = [];

    public IReadOnlyList<Finding> Items => list;

    public void Add(string code, FindingSeverity severity, string message, string? locator = null, int count = 1)
    {
        var kept = perCode.GetValueOrDefault(code);
        if (kept >= MessagesPerCode && !places.ContainsKey((code, message)))
            message = More;
        if (places.TryGetValue((code, message), out var place))
        {
            var seen = list[place];
            list[place] = seen with { Count = (int)Math.Min(int.MaxValue, (long)seen.Count + count) };
            return;
        }
        perCode[code] = kept + 1;
        places.Add((code, message), list.Count);
        list.Add(new Finding(code, severity, message, locator, count));
    }

    public void Tell(string code, string message, string? locator = null) => Add(code, FindingSeverity.Info, message, locator);
    public void Warn(string code, string message, string? locator = null) => Add(code, FindingSeverity.Warning, message, locator);
    public void Fail(string code, string message, string? locator = null) => Add(code, FindingSeverity.Error, message, locator);
}
