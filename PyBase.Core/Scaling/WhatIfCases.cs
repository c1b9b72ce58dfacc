namespace PyBase.Core.Scaling;

/// <summary>The three ways to run a pool of workers that are compared with each other: two to sixteen of them.</summary>
public static class WhatIfCases
{
    /// <summary>PyBase's policy, with its own thresholds.</summary>
    public static ScalingRule Rule { get; } = new() { Min = 2, Max = 16 };

    /// <summary>As many as a pool of the guide's medium tier has, at all times.</summary>
    public static WhatIfOutcome Fixed(Scenario scenario) => WhatIf.Run(scenario, Scalers.Fixed(4), 4);

    /// <summary>KEDA as the published chart configures it: one worker for 100 messages.</summary>
    public static WhatIfOutcome Keda(Scenario scenario) => WhatIf.Run(scenario, Scalers.Keda(100, Rule.Min, Rule.Max, TimeSpan.FromMinutes(5)), Rule.Min);

    /// <summary>PyBase's autoscaler.</summary>
    public static WhatIfOutcome Policy(Scenario scenario) => WhatIf.Run(scenario, Scalers.Policy(Rule), Rule.Min);
}
