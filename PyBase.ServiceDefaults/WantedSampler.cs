using System.Diagnostics;
using OpenTelemetry.Trace;

namespace PyBase.ServiceDefaults;

/// <summary>
/// What begins a trace: a request, a message, a job. A statement that a clock sends to look for work belongs to none; a thousand of those a minute hide what somebody is looking for.
/// </summary>
sealed class WantedSampler : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters parameters) =>
        new(parameters.Kind is ActivityKind.Client ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
}
