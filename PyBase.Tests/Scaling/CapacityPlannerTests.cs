using PyBase.Core.Scaling;
using PyBase.Standalone.Planning;

namespace PyBase.Tests.Scaling;

public sealed class CapacityPlannerTests
{
    static readonly RequestCosts s_costs = RequestCosts.Reported;

    [Theory]
    [InlineData(1, "small")]
    [InlineData(50, "small")]
    [InlineData(51, "medium")]
    [InlineData(500, "medium")]
    [InlineData(501, "large")]
    [InlineData(5_000, "large")]
    [InlineData(5_001, "enterprise")]
    [InlineData(50_000, "enterprise")]
    public void The_tier_is_the_guides(int users, string tier) => Assert.Equal(tier, Plan(new(users)).Tier);

    [Theory]
    [InlineData(40), InlineData(400), InlineData(4_000), InlineData(40_000)]
    public void The_price_meets_the_guides_range(int users)
    {
        var plan = Plan(new(users));

        Assert.InRange(plan.PerMonth, 1, plan.PerMonthMost);
        Assert.True(plan.PerMonthMost >= plan.GuideFrom && (plan.GuideTo is null || plan.PerMonth <= plan.GuideTo), PlanTable.Write(new(users), plan));
    }

    [Fact]
    public void What_people_write_and_drop_counts_as_well_as_how_many_they_are()
    {
        var busy = Plan(new(40, EditsPerSecond: 8_000));
        Assert.NotEqual("small", busy.Tier);
        Assert.All(busy.Load, part => Assert.InRange(part.Share, 0, CapacityPlanner.Aim + 1e-9));
        var drawings = Plan(new(400, FilesPerDay: 200_000));
        Assert.True(drawings.Count("workers") > Plan(new(400)).Count("workers"));
        Assert.True(Plan(new(400, Rows: 2_000_000_000)).StorageGiB > 1_000);
    }

    [Fact]
    public void The_contradiction_of_the_guide_is_said_and_cut()
    {
        var plan = Plan(new(500));

        Assert.Contains(plan.Notes, note => note.Contains("5 × 60 connections", StringComparison.Ordinal) && note.Contains("200", StringComparison.Ordinal));
        Assert.True((plan.Count("api") + plan.Count("realtime") + plan.Count("workers")) * plan.Pool.Maximum <= 190);
    }

    [Fact]
    public void Reserved_spot_and_ARM_are_cheaper_by_what_the_table_says()
    {
        var all = Plan(new(5_000));
        foreach (var options in (PriceOptions[])[new(Reserved: true), new(SpotWorkers: true), new(Arm: true)])
            Assert.InRange(Price(options), 1, all.PerMonth - 1);
        var machines = all.PerMonth - all.Lines.Single(l => l.Part == "other").PerMonth;
        // Each line is rounded by itself.
        Assert.Equal(machines * Prices.Listed.ArmDiscount, all.PerMonth - Price(new(Arm: true)), tolerance: all.Lines.Count);

        double Price(PriceOptions options) => CapacityPlanner.Plan(new(5_000), s_costs, Prices.Listed, options).Value.PerMonth;
    }

    [Fact]
    public void More_users_never_need_less()
    {
        var plans = new[] { 1, 10, 50, 51, 200, 500, 501, 2_000, 5_000, 5_001, 20_000, 50_000, 200_000 }.Select(users => Plan(new(users))).ToList();

        Assert.Equal(plans.Select(p => p.PerMonth).Order(), plans.Select(p => p.PerMonth));
        Assert.Equal(plans.Select(p => p.Count("api")).Order(), plans.Select(p => p.Count("api")));
    }

    /// <summary>Requests that arrive by chance and wait for no other: the plan's machines answer them quickly, and with a third of them a queue grows.</summary>
    [Theory]
    [InlineData(50), InlineData(500), InlineData(5_000), InlineData(50_000)]
    public void A_plan_stands_its_load_in_an_open_loop(int users)
    {
        var workload = new Workload(users);
        var plan = Plan(workload);
        var outcome = LoadSimulation.Run(workload, s_costs, plan.Count("api"), Cores(plan, "api"), (int)plan.Load.Single(l => l.Part == "postgres").Of, seconds: 20);

        Assert.InRange(outcome.Requests, users * 20 * 0.06 * 0.5, users * 20 * 0.06 * 1.5);
        Assert.InRange(outcome.P95, 0, 100);
        Assert.InRange(Math.Max(outcome.ApiShare, outcome.DatabaseShare), 0, 0.7);
    }

    [Fact]
    public void With_too_few_machines_the_simulation_says_so()
    {
        var workload = new Workload(50_000);
        var needed = CapacityPlanner.Cores(workload, s_costs).Api;
        var short_ = LoadSimulation.Run(workload, s_costs, 1, (int)Math.Max(1, Math.Floor(needed * 0.8)), 1_000, seconds: 20);

        Assert.InRange(short_.P95, 500, double.MaxValue);
        Assert.InRange(short_.ApiShare, 1, 2);
    }

    [Fact]
    public void Standalone_prints_the_plan_or_says_what_it_wants()
    {
        var (output, error) = (new StringWriter(), new StringWriter());

        Assert.Equal(0, PlanCommand.Run(["--users", "500", "--files-per-day", "300", "--arm", "--spot"], output, error));
        Assert.Equal("", error.ToString());
        Assert.All(["tier medium", "postgres", "max_connections=200", "Maximum Pool Size=23", "USD", "contradicts itself"], part => Assert.Contains(part, output.ToString(), StringComparison.Ordinal));

        Assert.Equal(1, PlanCommand.Run(["--users", "many"], output, error));
        Assert.Equal(1, PlanCommand.Run(["--users", "0"], output, error));
        Assert.Equal(1, PlanCommand.Run(["--user", "5"], output, error));
        Assert.All(["no number", "1 to 1,000,000", "\"--user\" is not understood"], part => Assert.Contains(part, error.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Prices_can_be_ones_own()
    {
        var file = Path.Combine(Support.TestRun.NewFolder("prices"), "prices.json");
        var listed = File.ReadAllText(Path.Combine(Support.Repository.Root, "PyBase.Core", "Scaling", "prices.json"));
        File.WriteAllText(file, listed.Replace("\"USD\"", "\"EUR\"", StringComparison.Ordinal).Replace("0.192", "1.92", StringComparison.Ordinal));
        var output = new StringWriter();

        Assert.Equal(0, PlanCommand.Run(["--users", "500", "--prices", file], output, output));
        Assert.Contains("EUR", output.ToString(), StringComparison.Ordinal);
        File.WriteAllText(file, listed.Replace("\"db.m5.large\":", "\"db.other\":", StringComparison.Ordinal));
        Assert.Equal(1, PlanCommand.Run(["--users", "500", "--prices", file], output, output));
        Assert.Contains("no price table", output.ToString(), StringComparison.Ordinal);
    }

    static int Cores(CapacityPlan plan, string part) => (int)plan.Load.Single(l => l.Part == part).Of / plan.Count(part);

    static CapacityPlan Plan(Workload workload) => CapacityPlanner.Plan(workload, s_costs, Prices.Listed, new()).Value;
}
