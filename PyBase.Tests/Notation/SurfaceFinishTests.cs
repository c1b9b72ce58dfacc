using CsCheck;
using PyBase.Notation.Surfaces;
using PyBase.Notation.Units;

namespace PyBase.Tests.Notation;

public sealed class SurfaceFinishTests
{
    [Theory]
    [InlineData("Ra 1.6", "Ra 1.6 µm")]
    [InlineData("Ra1,6", "Ra 1.6 µm")]
    [InlineData("ra 1.6 um", "Ra 1.6 µm")]
    [InlineData("√Ra 3.2", "Ra 3.2 µm")]
    [InlineData("Ra 63 µin", "Ra 63 µin")]
    [InlineData("1.6", "Ra 1.6 µm")]
    [InlineData("N7", "Ra 1.6 µm")]
    [InlineData("N12", "Ra 50 µm")]
    [InlineData("Ra 0.8-1.6", "Ra 0.8-1.6 µm")]
    [InlineData("Rz 6.3 max", "Rz 6.3 µm max")]
    [InlineData("Rz max 6.3", "Rz 6.3 µm max")]
    [InlineData("Ramax 0.8", "Ra 0.8 µm max")]
    [InlineData("Rmax 4", "Rmax 4 µm")]
    [InlineData("Rzx 10", "Rzx 10 µm")]
    [InlineData("Rz1max 10", "Rz1max 10 µm")]
    [InlineData("Rsk -0.5", "Rsk -0.5")]
    [InlineData("Rku 3", "Rku 3")]
    [InlineData("RSm 0.1 mm", "RSm 0.1 mm")]
    [InlineData("Ra ≤ 1.6", "Ra 1.6 µm")]
    [InlineData("Ra 1.6 ⟂", "Ra 1.6 µm ⟂")]
    [InlineData("Ra 1.6 lay =", "Ra 1.6 µm =")]
    [InlineData("Ra 1.6 X", "Ra 1.6 µm X")]
    [InlineData("Ra 1.6 M ground allowance 0,3", "Ra 1.6 µm M ground allowance 0.3 mm")]
    [InlineData("N6 lapped", "Ra 0.8 µm lapped")]
    public void A_requirement_reads_and_prints(string text, string canonical)
    {
        Assert.True(SurfaceFinish.TryParse(text, out var finish, out var fault), fault?.ToString());
        Assert.Equal(canonical, finish.ToString());
        Assert.True(SurfaceFinish.TryParse(canonical, out var again, out fault), fault?.ToString());
        Assert.Equal(finish, again);
    }

    [Theory]
    [InlineData("", 0), InlineData("Ra", 2), InlineData("N13", 1), InlineData("N0", 1), InlineData("Ra -1", 3), InlineData("Rsk 1 µm", 6), InlineData("Ra 1.6 kg", 7)]
    [InlineData("Ra 3.2-1.6", 6), InlineData("Ra 1.6 nonsense", 7), InlineData("Rb 1", 0)]
    public void What_is_no_requirement_says_where(string text, int position)
    {
        Assert.False(SurfaceFinish.TryParse(text, out var finish, out var fault), finish?.ToString());
        Assert.Equal(position, fault.Position);
    }

    [Fact]
    public void Grades_and_Ra_are_each_others_inverse()
    {
        for (var grade = 1; grade <= 12; grade++)
        {
            Assert.Equal(grade, RoughnessGrade.Of(RoughnessGrade.RaOf(grade)!.Value));
            Assert.True(SurfaceFinish.TryParse($"N{grade}", out var finish, out _));
            Assert.Equal(grade, finish.Grade);
        }
        Assert.Null(RoughnessGrade.Of(1.5m));
    }

    [Fact]
    public void A_value_has_its_SI_value()
    {
        Assert.True(SurfaceFinish.TryParse("Ra 63 µin", out var inches, out _));
        Assert.Equal(1.6002e-6, inches.SiValue, 1e-20);
        Assert.True(SurfaceFinish.TryParse("Ra 1.6", out var metric, out _));
        Assert.True(metric < inches);
    }

    [Fact]
    public void Every_requirement_prints_and_reads_back() =>
        Gen.Select(Gen.OneOf([.. SurfaceParameter.All]), Gen.Int[1, 99_999], Gen.Bool, Gen.Enum<SurfaceLay>(), Gen.OneOf("", "ground", "turned", "edm"), Gen.Int[1, 500].Nullable()).Sample(
            (parameter, value, maximum, lay, process, allowance) =>
            {
                var finish = new SurfaceFinish
                {
                    Parameter = parameter, Value = value / 1000m, Unit = parameter.Unit is null ? null : value % 2 == 0 ? LengthUnits.Microinch : LengthUnits.Micrometre,
                    IsMaximum = maximum, Lay = lay, Process = process, Allowance = allowance / 100m,
                };
                Assert.True(SurfaceFinish.TryParse(finish.ToString(), out var read, out var fault), $"{finish}: {fault}");
                Assert.Equal(finish, read);
            });

    [Fact]
    public void No_text_throws()
    {
        Gen.String.Sample(text => SurfaceFinish.TryParse(text, out _, out _) || true);
        Gen.String[Gen.Char["RazmxNku 0123456789.,-µin=⟂XMCP"], 0, 16].Sample(text =>
            !SurfaceFinish.TryParse(text, out var finish, out _) || SurfaceFinish.TryParse(finish.ToString(), out var again, out _) && finish.Equals(again), iter: 100_000);
    }
}
