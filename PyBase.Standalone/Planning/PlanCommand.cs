using System.Globalization;
using PyBase.Core.Scaling;

namespace PyBase.Standalone.Planning;

/// <summary><c>PyBase.Standalone plan --users 500</c>: what an installation for so many needs and costs, as a table.</summary>
static class PlanCommand
{
    const string Usage = """
        PyBase.Standalone plan --users 500 [--edits-per-second 5] [--rows 2000000] [--files-per-day 300] [--reserved] [--spot] [--arm] [--prices FILE]
        """;

    /// <summary>0 with the table, or 1 with a sentence.</summary>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        try
        {
            var asked = Read(arguments);
            var prices = asked.TryGetValue("--prices", out var file) ? Prices.Parse(File.ReadAllText(file)) : Prices.Listed;
            var workload = new Workload(Number<int>(asked, "--users") ?? throw new FormatException("How many users?"), Number<double>(asked, "--edits-per-second"),
                Number<long>(asked, "--rows") ?? 0, Number<int>(asked, "--files-per-day") ?? 0);
            var options = new PriceOptions(asked.ContainsKey("--reserved"), asked.ContainsKey("--spot"), asked.ContainsKey("--arm"));
            if (!CapacityPlanner.Plan(workload, RequestCosts.Reported, prices, options).TryGet(out var plan, out var refused))
                throw new FormatException(string.Join(' ', refused.Faults.Select(f => f.Message)));
            output.Write(PlanTable.Write(workload, plan));
            return 0;
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(wrong.Message);
            error.WriteLine(Usage);
            return 1;
        }
    }

    static Dictionary<string, string> Read(IReadOnlyList<string> arguments)
    {
        var asked = new Dictionary<string, string>();
        for (var n = 0; n < arguments.Count; n++)
            asked[arguments[n]] = arguments[n] switch
            {
                "--reserved" or "--spot" or "--arm" => "",
                "--users" or "--edits-per-second" or "--rows" or "--files-per-day" or "--prices" when n + 1 < arguments.Count => arguments[++n],
                var other => throw new FormatException($"\"{other}\" is not understood."),
            };
        return asked;
    }

    static T? Number<T>(Dictionary<string, string> asked, string name) where T : struct, IParsable<T> => !asked.TryGetValue(name, out var text) ? null
        : T.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"{name} {text} is no number.");
}
