using System.Globalization;

namespace PyBase.Tests.Extraction.Fuzz;

/// <summary>2,000 broken files of a fixed seed: always an envelope, in bounded time and memory. <c>eng/fuzz.sh</c> runs as many as wanted.</summary>
public sealed class FuzzTests
{
    const int Seed = 20260101, All = 2000, Pdf = 150, LargestSample = 20_000;

    public static TheoryData<string> Names => [.. FuzzFormat.All.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Broken_files_always_give_an_envelope(string name)
    {
        var format = FuzzFormat.Of(name);
        var fuzzer = new Fuzzer(format, FuzzSamples.All(format, LargestSample), Seed);
        for (var number = 0; number < (name == "pdf" ? Pdf : (All - Pdf) / (FuzzFormat.All.Count - 1)); number++)
        {
            var file = fuzzer.Make(number, out var description);
            var wrong = fuzzer.Check(file, measuresProcess: false);
            Assert.True(wrong is null, string.Create(CultureInfo.InvariantCulture, $"{name} {number} ({description}): {wrong}"));
        }
    }
}
