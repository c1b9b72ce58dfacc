using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using PyBase.Core.Fields;
using PyBase.Core.Jobs;
using PyBase.Storage.Jobs;
using PyBase.Storage.Webhooks;
using PyBase.Workers.Http;
using PyBase.Workers.Jobs;

namespace PyBase.Workers.Webhooks;

/// <summary>Settings <c>Webhooks</c>.</summary>
sealed class WebhookOptions
{
    /// <summary>The wait before the second try; each further one is four times as long.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>
/// Rings at a webhook's address: it says which base and which webhook, signed with the webhook's secret, and nothing of what happened. A server that does not answer well is
/// asked again, and in the end no more until somebody switches the webhook on.
/// </summary>
sealed class SendPing(WebhookPings pings, WebhookStore webhooks, OutgoingHttp http, IOptions<WebhookOptions> options, TimeProvider clock) : IJobWork
{
    /// <summary>The last is tried about fifteen hours after the first.</summary>
    const int MaxTries = 8;

    public string Kind => JobKind.Ping;

    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        var (job, webhook) = (run.Lease.Work.Id, (await run.Lease.ReadInputAsync(run.Cancellation)).GetText("webhook")!);
        if (await pings.FindAsync(job, webhook, run.Cancellation) is not { } target || await webhooks.SecretAsync(webhook, run.Cancellation) is not { } secret)
            return new JobOutcome(JobState.Succeeded, []);
        var body = JsonSerializer.Serialize(new { @base = new { id = target.Base }, webhook = new { id = webhook }, timestamp = clock.GetUtcNow() }, JobJson.Options);
        var mac = Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(body)));
        var begun = clock.GetTimestamp();
        var answer = await http.SendAsync("POST", target.Url, [KeyValuePair.Create("X-Airtable-Content-MAC", $"hmac-sha256={mac}")], body, "application/json", job, run.Cancellation);
        var (tries, now) = (target.Failures + 1, clock.GetUtcNow());
        var wait = options.Value.RetryAfter * Math.Pow(4, tries - 1) * (0.75 + Random.Shared.NextDouble() / 2);
        var error = answer.Error;
        var isLast = error is not null && tries >= MaxTries;
        var delivery = new WebhookDelivery(job, tries, answer.Status, error?.Message, (int)clock.GetElapsedTime(begun).TotalMilliseconds, error is null || isLast ? null : now + wait, now);
        await pings.NoteAsync(webhook, target, delivery, run.Cancellation);
        return error is null ? new JobOutcome(JobState.Succeeded, [])
            : isLast ? new JobOutcome(JobState.Failed, [], error)
            // Tries are counted by the log of deliveries: there are more of them than other jobs have.
            : new JobOutcome(JobState.Queued, [], error) { Again = new Wait(wait, Counts: false) };
    }

    /// <summary>There is nothing to take back: what rang has rung.</summary>
    public Task UndoAsync(JobLease lease, JobOutcome end, CancellationToken cancellation) => lease.FinishAsync(end.State, end.Findings, end.Error, null, cancellation);
}
