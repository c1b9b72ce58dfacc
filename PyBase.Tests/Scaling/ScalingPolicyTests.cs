using CsCheck;
using PyBase.Core.Scaling;

namespace PyBase.Tests.Scaling;

public sealed class ScalingPolicyTests
{
    static readonly DateTimeOffset s_start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    static readonly ScalingRule s_rule = new() { Min = 1, Max = 8 };

    [Theory]
    [InlineData(101, 0, 2, 4, ScalingReason.Depth)]
    [InlineData(100, 0, 2, 2, ScalingReason.Steady)]
    [InlineData(3, 61, 2, 4, ScalingReason.Age)]
    [InlineData(9, 0, 2, 1, ScalingReason.Idle)]
    [InlineData(10, 0, 2, 2, ScalingReason.Steady)]
    [InlineData(500, 0, 8, 8, ScalingReason.AtMax)]
    [InlineData(500, 0, 7, 8, ScalingReason.Depth)]
    [InlineData(0, 0, 1, 1, ScalingReason.Steady)]
    [InlineData(0, 0, 0, 1, ScalingReason.Bounds)]
    public void More_than_a_hundred_call_for_two_and_fewer_than_ten_let_one_go(long depth, double oldest, int workers, int desired, string reason)
    {
        var decision = ScalingPolicy.Decide(s_rule, Steadily(depth, oldest), new(workers, null), s_start);

        Assert.Equal((desired, reason), (decision.Desired, decision.Reason));
    }

    [Fact]
    public void As_many_come_at_once_as_the_backlog_takes_but_no_more_than_there_are()
    {
        var history = Steadily(3_000, 0, served: 1, arrivals: 1);

        Assert.Equal(6, ScalingPolicy.Decide(new() { Max = 100 }, history, new(3, null), s_start).Desired);
        // One more a second is all it takes: the guide's two.
        Assert.Equal(12, ScalingPolicy.Decide(new() { Max = 100 }, Steadily(101, 0, served: 10, arrivals: 10), new(10, null), s_start).Desired);
    }

    [Fact]
    public void Jobs_that_fail_call_for_nobody() =>
        Assert.Equal((2, ScalingReason.Failing), Of(ScalingPolicy.Decide(s_rule, Steadily(500, 90, served: 0.1, failed: 2.1), new(2, null), s_start)));

    [Fact]
    public void More_at_once_on_busy_processors_is_no_help_while_more_machines_are()
    {
        var history = Steadily(500, 0, cpu: 0.95);

        Assert.Equal((2, ScalingReason.CpuBusy), Of(ScalingPolicy.Decide(s_rule with { WorkersBringProcessors = false }, history, new(2, null), s_start)));
        Assert.Equal((4, ScalingReason.Depth), Of(ScalingPolicy.Decide(s_rule, history, new(2, null), s_start)));
        Assert.Equal((4, ScalingReason.Cpu), Of(ScalingPolicy.Decide(s_rule, Steadily(50, 0, cpu: 0.95), new(2, null), s_start)));
    }

    [Fact]
    public void Workers_that_are_busy_stay_however_few_jobs_wait() =>
        Assert.Equal((4, ScalingReason.Steady), Of(ScalingPolicy.Decide(s_rule, Steadily(0, 0, running: 4), new(4, null), s_start)));

    [Fact]
    public void A_change_has_to_show_before_the_next()
    {
        Assert.Equal((2, ScalingReason.CoolDown), Of(ScalingPolicy.Decide(s_rule, Steadily(500, 0), new(2, s_start.AddSeconds(-59)), s_start)));
        Assert.Equal((4, ScalingReason.Depth), Of(ScalingPolicy.Decide(s_rule, Steadily(500, 0), new(2, s_start.AddSeconds(-60)), s_start)));
        Assert.Equal((2, ScalingReason.CoolDown), Of(ScalingPolicy.Decide(s_rule, Steadily(0, 0), new(2, s_start.AddSeconds(-299)), s_start)));
    }

    static Gen<List<QueueSample>> History => Gen.Select(Gen.Long[0, 400], Gen.Double[0, 120], Gen.Int[0, 12], Gen.Double[0, 5], Gen.Double[0, 5], Gen.Double[0, 1]).Select((depth, oldest, running, arrivals, rates, cpu) =>
        (depth, oldest, running, arrivals, rates, cpu)).List[1, 30].Select(moments => moments.Select((m, n) =>
            new QueueSample(s_start.AddSeconds(15 * (n - moments.Count + 1)), m.depth, m.oldest, m.running, m.arrivals, m.rates, m.rates / 3, m.cpu)).ToList());

    static Gen<ScalingRule> Rules => Gen.Select(Gen.Int[0, 4], Gen.Int[0, 20], Gen.Bool, (min, more, own) => new ScalingRule { Min = min, Max = min + more, WorkersBringProcessors = own });

    [Fact]
    public void It_never_leaves_the_bounds() =>
        Gen.Select(Rules, History, Gen.Int[0, 40]).Sample((rule, history, workers) =>
            ScalingPolicy.Decide(rule, history, new(workers, null), s_start).Desired is var desired && desired >= rule.Min && desired <= rule.Max, iter: 500);

    [Fact]
    public void With_more_jobs_waiting_it_never_wants_fewer_workers() =>
        Gen.Select(Rules, History, Gen.Int[0, 24], Gen.Long[1, 500], Gen.Int[0, 600]).Sample((rule, history, workers, more, ago) =>
        {
            var state = new ScalingState(workers, s_start.AddSeconds(-ago));
            List<QueueSample> deeper = [.. history.SkipLast(1), history[^1] with { Depth = history[^1].Depth + more }];
            return ScalingPolicy.Decide(rule, history, state, s_start).Desired <= ScalingPolicy.Decide(rule, deeper, state, s_start).Desired;
        }, iter: 500);

    /// <summary>Whatever comes, minute after minute.</summary>
    [Fact]
    public void It_never_goes_back_and_forth_within_a_cool_down() =>
        Gen.Select(Rules, Gen.Select(Gen.Long[0, 400], Gen.Double[0, 120], Gen.Int[0, 12]).List[40, 120]).Sample((rule, moments) =>
        {
            var (history, state, lastUp, lastDown) = (new List<QueueSample>(), new ScalingState(rule.Min, null), DateTimeOffset.MinValue, DateTimeOffset.MinValue);
            for (var n = 0; n < moments.Count; n++)
            {
                var now = s_start.AddSeconds(15 * n);
                if (history.Count > 30)
                    history.RemoveAt(0);
                history.Add(new(now, moments[n].Item1, moments[n].Item2, moments[n].Item3, 1, 1, 0, 0.5));
                var desired = ScalingPolicy.Decide(rule, history, state, now).Desired;
                if (desired > state.Workers && (now - lastUp < rule.UpCoolDown || now - lastDown < rule.UpCoolDown) || desired < state.Workers && (now - lastUp < rule.DownCoolDown || now - lastDown < rule.DownCoolDown))
                    return false;
                (lastUp, lastDown) = (desired > state.Workers ? now : lastUp, desired < state.Workers ? now : lastDown);
                if (desired != state.Workers)
                    state = new(desired, now);
            }
            return true;
        }, iter: 100);

    static (int, string) Of(ScalingDecision decision) => (decision.Desired, decision.Reason);

    static List<QueueSample> Steadily(long depth, double oldest, double served = 0, double arrivals = 0, double failed = 0, double? cpu = null, int running = 0) =>
        [.. Enumerable.Range(0, 25).Select(n => new QueueSample(s_start.AddSeconds(15 * (n - 24)), depth, oldest, running, arrivals, served, failed, cpu))];
}
