using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using PyBase.Core.Fields;

namespace PyBase.Tests.Fields;

/// <summary>Numbers leave as the shortest text that means them, however it was found.</summary>
public sealed class NumberTests
{
    [Theory]
    [InlineData(0.5), InlineData(-0.001), InlineData(12.34), InlineData(-7.1), InlineData(999_999_999_999.999), InlineData(0.0005), InlineData(1.0001), InlineData(-0.0), InlineData(1e15 + 0.5)]
    [InlineData(0.1 + 0.2), InlineData(double.Epsilon), InlineData(double.MaxValue), InlineData(1e21), InlineData(100.05), InlineData(1.005), InlineData(4.35)]
    public void A_number_is_written_as_dotnet_writes_it(double number) => Assert.Equal(Expected(number), Written(number));

    [Fact]
    public void So_are_all_with_few_decimals() => Gen.Select(Gen.Long[-2_000_000_000_000_000, 2_000_000_000_000_000], Gen.Int[0, 5]).Sample(drawn =>
        Equal(double.Parse($"{drawn.Item1}E-{drawn.Item2}", CultureInfo.InvariantCulture)), iter: 50_000);

    [Fact]
    public void So_is_any_other() => Gen.Double.Where(double.IsFinite).Sample(Equal, iter: 50_000);

    [Fact]
    public void So_are_the_neighbours_of_those_with_few_decimals() => Gen.Select(Gen.Long[-10_000_000_000, 10_000_000_000], Gen.Bool).Sample(drawn =>
        Equal(drawn.Item2 ? Math.BitIncrement(drawn.Item1 / 1000.0) : Math.BitDecrement(drawn.Item1 / 1000.0)), iter: 50_000);

    static bool Equal(double number) => Expected(number) == Written(number);

    /// <summary>Whole numbers are written with all digits up to 10^15.</summary>
    static string Expected(double number) => number == 0 ? "0" : number.ToString("R", CultureInfo.InvariantCulture);

    static string Written(double number)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            Numeric.Write(json, number);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
