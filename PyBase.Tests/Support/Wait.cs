using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace PyBase.Tests.Support;

/// <summary>Waits for a fact, however quick or slow the machine is; what does not come to be fails with what was seen last.</summary>
static class Wait
{
    /// <summary>Looks until it is so.</summary>
    /// <param name="seconds">Until it fails; long enough for a machine that has other things to do.</param>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> isSo, double seconds = 60, [CallerArgumentExpression(nameof(look))] string looked = "", [CallerArgumentExpression(nameof(isSo))] string wanted = "")
    {
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            var seen = await look();
            if (isSo(seen))
                return seen;
            var waited = Stopwatch.GetElapsedTime(began);
            if (waited.TotalSeconds > seconds)
                throw new TimeoutException($"{looked} is not {wanted} after {seconds} s, but {Text(seen)}");
            // Whoever asks all the time takes it away from those who are at work.
            await Task.Delay(Math.Clamp((int)waited.TotalMilliseconds / 10, 10, 200), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The same for what is true or not.</summary>
    public static Task UntilAsync(Func<Task<bool>> isSo, double seconds = 60, [CallerArgumentExpression(nameof(isSo))] string wanted = "") =>
        UntilAsync(isSo, so => so, seconds, wanted, "true");

    /// <summary>The same for what is known at once.</summary>
    public static Task UntilAsync(Func<bool> isSo, double seconds = 60, [CallerArgumentExpression(nameof(isSo))] string wanted = "") =>
        UntilAsync(() => Task.FromResult(isSo()), so => so, seconds, wanted, "true");

    static string Text(object? seen) => seen switch
    {
        null => "null",
        string text => text,
        JsonNode json => json.ToJsonString(),
        IEnumerable<JsonNode?> nodes => $"[{string.Join(", ", nodes.Select(node => node?.ToJsonString()))}]",
        IEnumerable<string> texts => string.Join(", ", texts),
        System.Collections.ICollection many => $"{many.Count} of them",
        _ => seen.ToString()!,
    };
}
