namespace PyBase.Core.Operations;

/// <summary>Names causes for the troubles of the scaling guide: memory, slow answers, live connections that drop, exhausted connections to the database.</summary>
public static class Diagnosis
{
    /// <summary>Advice about everything, worst first.</summary>
    public static IReadOnlyList<OperationsAdvice> Of(InstallationFacts facts) =>
    [
        .. ConnectionTrouble.Of(facts).Concat(MemoryTrouble.Of(facts)).Concat(SocketTrouble.Of(facts)).Concat(SlowAnswers.Of(facts)).Concat(ScalingTriggers.Of(facts))
            .OrderBy(advice => advice.Severity switch { "critical" => 0, "warning" => 1, _ => 2 }),
    ];
}
