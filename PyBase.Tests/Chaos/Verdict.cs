namespace PyBase.Tests.Chaos;

/// <summary>What was compared, by invariant, and what did not hold.</summary>
sealed class Verdict
{
    readonly List<(int Invariant, string What, long Count)> compared = [];
    readonly List<string> wrong = [];

    public IReadOnlyList<(int Invariant, string What, long Count)> Compared => compared;

    public IReadOnlyList<string> Wrong => wrong;

    public void Count(int invariant, string what, long count) => compared.Add((invariant, what, count));

    public void Wrongly(int invariant, string what) => wrong.Add($"{invariant}: {what}");

    public void Must(bool holds, int invariant, Func<string> what)
    {
        if (!holds)
            Wrongly(invariant, what());
    }

    /// <summary>Runs assertions; the first that fails is one thing that is wrong.</summary>
    public async Task AssertAsync(int invariant, string what, Func<Task> assertions)
    {
        try
        {
            await assertions();
        }
        catch (Exception failed) when (failed is Xunit.Sdk.IAssertionException or TimeoutException)
        {
            Wrongly(invariant, $"{what}: {failed.Message}");
        }
    }
}
