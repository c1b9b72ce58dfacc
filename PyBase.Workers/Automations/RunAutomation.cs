using System.Text.Json;
using System.Text.Json.Nodes;
using PyBase.Core.Automations;
using PyBase.Core.Fields;
using PyBase.Core.Jobs;
using PyBase.Core.Permissions;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Automations;
using PyBase.Storage.Jobs;
using PyBase.Storage.Schema;
using PyBase.Workers.Jobs;

namespace PyBase.Workers.Automations;

/// <summary>
/// Does the actions of a run, one after the other. What a step gave is noted, so that whoever goes on after a death begins where it ended; a step that was done and
/// not noted is done again, and has its effect once, as every write and message carries the step in its key.
/// </summary>
sealed class RunAutomation(
    RunStore runs, AutomationSecrets secrets, AutomationRecords records, BaseAccess access, SchemaStore schemas, IEnumerable<IAutomationStep> kinds, TimeProvider clock) : IJobWork
{
    static readonly JobError Waits = new("automation-waits", "The run goes on when its delay is over.", null);
    static readonly TimeSpan LongestDelay = TimeSpan.FromDays(30);

    public string Kind => JobKind.Automation;

    public async Task<JobOutcome> RunAsync(JobRun job)
    {
        var input = await job.Lease.ReadInputAsync(job.Cancellation);
        if (await runs.LoadAsync(input.GetText("run")!, job.Cancellation) is not { } work)
            return new JobOutcome(JobState.Succeeded, []);
        if (await access.FindReaderAsync(work.Automation.Owner, work.Automation.Base, job.Cancellation) is not { } owner)
            return await FailAsync(work, new JobError("automation-owner-gone", "Whoever the automation acts for is not a member any more.", "Change the automation; it then acts for you."), job);
        if (await schemas.FindAsync(work.Automation.Base, job.Cancellation) is not { } schema)
            return await FailAsync(work, new JobError("base-not-found", "The base is gone.", null), job);
        var places = new FieldPlaces(schema, work.Automation.Definition.Trigger, work.Automation.Definition.Actions);
        var running = new Running(work, owner, schema, schema.For(owner), new SecretWords([.. secrets.Open(work.Automation).Values]), job, places, new FieldNames(schema));
        var scope = new JsonObject
        {
            ["trigger"] = running.Names.Of(work.Trigger), ["steps"] = new JsonObject(), ["automation"] = new JsonObject { ["id"] = work.Automation.Id, ["name"] = work.Automation.Definition.Name },
            ["run"] = new JsonObject { ["id"] = work.Id }, ["now"] = work.CreatedTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["secrets"] = new JsonObject(secrets.Open(work.Automation).Select(s => KeyValuePair.Create<string, JsonNode?>(s.Key, s.Value))),
        };
        switch (await DoAsync(running, places.Shown(), "", scope))
        {
            case null:
                await runs.EndAsync(work.Id, RunState.Succeeded, null, job.Cancellation);
                return new JobOutcome(JobState.Succeeded, []);
            case { Until: { } until }:
                await runs.EndAsync(work.Id, RunState.Waiting, null, job.Cancellation);
                return new JobOutcome(JobState.Queued, [], Waits) { Again = new Wait(until - clock.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero, Counts: false) };
            case { IsFinal: false } stop when job.Lease.Work.Attempt <= work.Automation.Definition.Retries:
                await runs.EndAsync(work.Id, RunState.Waiting, stop.Error, job.Cancellation);
                return new JobOutcome(JobState.Queued, [], stop.Error) { Again = new Wait(TimeSpan.FromSeconds(Math.Pow(4, job.Lease.Work.Attempt - 1) * (0.75 + Random.Shared.NextDouble() / 2)), Counts: true) };
            case var stop:
                return await FailAsync(work, stop.Error!, job);
        }
    }

    /// <summary>What was done stays: actions are not taken back. A person can, as one group.</summary>
    public async Task UndoAsync(JobLease lease, JobOutcome end, CancellationToken cancellation)
    {
        if (end.State is JobState.Cancelled && (await lease.ReadInputAsync(cancellation)).GetText("run") is { } run)
            await runs.EndAsync(run, RunState.Failed, new JobError("automation-cancelled", "Somebody stopped the run.", null), cancellation);
        await lease.FinishAsync(end.State, end.Findings, end.Error, null, cancellation);
    }

    async Task<JobOutcome> FailAsync(RunWork work, JobError error, JobRun job)
    {
        await runs.EndAsync(work.Id, RunState.Failed, error, job.Cancellation);
        return new JobOutcome(JobState.Failed, [], error);
    }

    /// <summary>A run as it is being done.</summary>
    sealed record Running(RunWork Work, Reader Owner, BaseSchema Whole, BaseSchema Seen, SecretWords Words, JobRun Job, FieldPlaces Places, FieldNames Names)
    {
        public int Done { get; set; }
    }

    /// <summary>Why the run does not go on now.</summary>
    sealed record Stop(JobError? Error, bool IsFinal, DateTimeOffset? Until = null);

    async Task<Stop?> DoAsync(Running run, IReadOnlyList<AutomationAction> actions, string prefix, JsonObject scope)
    {
        foreach (var action in actions)
            if (await DoAsync(run, action, prefix, scope) is { } stop && (stop.Until is not null || !stop.IsFinal || !action.GoesOn))
                return stop;
        return null;
    }

    async Task<Stop?> DoAsync(Running run, AutomationAction action, string prefix, JsonObject scope)
    {
        var step = prefix + action.Id;
        var known = run.Work.Steps.GetValueOrDefault(step);
        if (known is { State: RunState.Succeeded } && action.Kind is not (ActionKind.Branch or ActionKind.Loop) || known is { State: RunState.Failed } && action.GoesOn)
        {
            scope["steps"]![action.Id] = known.Output is { } given ? run.Names.Of(action.Kind, JsonNode.Parse(given.GetRawText())) : null;
            return null;
        }
        if (++run.Done > Automation.MaxSteps)
            return new Stop(new JobError("automation-too-long", $"A run does at most {Automation.MaxSteps:N0} actions.", null), IsFinal: true);
        run.Job.Report(run.Done, run.Done, step);
        var input = InputOf(action, scope);
        if (run.Places.Gone(action) is { } field)
            return await EndAsync(run, action, step, input, StepOutcome.Failed(AutomationErrors.FieldGone(field)), scope);
        return action.Kind switch
        {
            ActionKind.Delay => await DelayAsync(run, action, step, known, input),
            ActionKind.Branch => await BranchAsync(run, action, step, prefix, input, scope),
            ActionKind.Loop => await LoopAsync(run, action, step, prefix, input, scope),
            _ => await ActAsync(run, action, step, input, scope),
        };
    }

    async Task<Stop?> ActAsync(Running run, AutomationAction action, string step, JsonObject input, JsonObject scope)
    {
        await runs.SaveAsync(run.Work.Id, step, action.Kind, RunState.Running, run.Words.Hide(input), null, null, null, run.Job.Cancellation);
        var outcome = await kinds.First(k => k.Kind == action.Kind).RunAsync(new StepContext(run.Work, step, run.Owner, run.Whole, run.Seen, input, run.Job.Cancellation));
        return await EndAsync(run, action, step, input, outcome, scope);
    }

    async Task<Stop?> EndAsync(Running run, AutomationAction action, string step, JsonObject input, StepOutcome outcome, JsonObject scope)
    {
        var output = run.Words.Hide(outcome.Output);
        var error = outcome.Error is { } said ? said with { Message = run.Words.Hide(said.Message) } : null;
        // What may do better later has not failed yet, unless this was the last try.
        var isFinal = outcome.IsFinal || run.Job.Lease.Work.Attempt > run.Work.Automation.Definition.Retries;
        await runs.SaveAsync(run.Work.Id, step, action.Kind, error is null ? RunState.Succeeded : isFinal ? RunState.Failed : RunState.Waiting, run.Words.Hide(input), output, error, null, run.Job.Cancellation);
        scope["steps"]![action.Id] = run.Names.Of(action.Kind, output);
        return error is null ? null : new Stop(error, isFinal);
    }

    async Task<Stop?> DelayAsync(Running run, AutomationAction action, string step, RunStep? known, JsonObject input)
    {
        var now = clock.GetUtcNow();
        var until = known?.DueTime ?? (DateTimeOffset.TryParse(Template.Shown(input["until"]), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var moment) ? moment.ToUniversalTime()
            : double.TryParse(Template.Shown(input["seconds"]), System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds >= 0 && seconds <= LongestDelay.TotalSeconds ? now.AddSeconds(seconds) : null as DateTimeOffset?);
        if (until is not { } due || due > now + LongestDelay + TimeSpan.FromMinutes(1))
            return await EndAsync(run, action, step, input, StepOutcome.Failed("invalid-delay", "A delay has seconds or a moment until, at most 30 days from now."), new JsonObject { ["steps"] = new JsonObject() });
        var isOver = due <= now || run.Work.IsTest;
        await runs.SaveAsync(run.Work.Id, step, action.Kind, isOver ? RunState.Succeeded : RunState.Waiting, input, null, null, due, run.Job.Cancellation);
        return isOver ? null : new Stop(null, IsFinal: false, due);
    }

    async Task<Stop?> BranchAsync(Running run, AutomationAction action, string step, string prefix, JsonObject input, JsonObject scope)
    {
        // Once decided it stays so, also for who goes on after a death.
        var taken = run.Work.Steps.GetValueOrDefault(step) is { State: RunState.Succeeded, Output: { } output } ? output.GetText("taken") : null;
        if (taken is null)
        {
            var (holds, outcome) = await HoldsAsync(run, input);
            taken = holds ? "then" : "else";
            if (await EndAsync(run, action, step, input, outcome ?? new StepOutcome(new JsonObject { ["taken"] = taken }), scope) is { } stop)
                return stop;
        }
        return await DoAsync(run, action.Inner(taken), prefix, scope);
    }

    async Task<(bool Holds, StepOutcome? Fault)> HoldsAsync(Running run, JsonObject input)
    {
        if (input["when"] is JsonArray conditions)
            return ValueCondition.AllHold(conditions) is { } holds ? (holds, null)
                : (false, StepOutcome.Failed("invalid-condition", "An operator of when is one of is, isNot, contains, doesNotContain, isEmpty, isNotEmpty, greaterThan, lessThan."));
        var (table, record) = (Template.Shown(input["table"] ?? Template.Find(run.Work.Trigger, "table.id")), Template.Shown(input["record"] ?? Template.Find(run.Work.Trigger, "record.id")));
        if (run.Seen.Find(table) is not { } found)
            return (false, StepOutcome.Failed(SchemaErrors.ModelNotFound));
        if (!new FilterScope(found, run.Work.Automation.Definition.Trigger.TimeZone).Read(JsonSerializer.SerializeToElement(input["filter"])).TryGet(out var filter, out var error) && error is not null)
            return (false, StepOutcome.Failed(error));
        return ((await records.FindAsync(run.Seen, found, filter, [record], 1, run.Job.Cancellation)).Count == 1, null);
    }

    async Task<Stop?> LoopAsync(Running run, AutomationAction action, string step, string prefix, JsonObject input, JsonObject scope)
    {
        var items = input["items"] as JsonArray ?? [];
        var most = int.TryParse(Template.Shown(input["max"]), out var asked) ? Math.Clamp(asked, 1, Automation.MaxSteps) : 100;
        var inner = action.Inner("do");
        var (item, index) = (scope["item"]?.DeepClone(), scope["index"]?.DeepClone());
        for (var n = 0; n < Math.Min(items.Count, most); n++)
        {
            (scope["item"], scope["index"]) = (items[n]?.DeepClone(), n);
            if (await DoAsync(run, inner, $"{prefix}{action.Id}[{n}]/", scope) is { } stop)
                return stop;
        }
        (scope["item"], scope["index"]) = (item, index);
        return await EndAsync(run, action, step, new JsonObject { ["count"] = items.Count }, new StepOutcome(new JsonObject { ["count"] = Math.Min(items.Count, most), ["left"] = Math.Max(0, items.Count - most) }), scope);
    }

    static JsonObject InputOf(AutomationAction action, JsonObject scope)
    {
        var input = new JsonObject();
        foreach (var setting in action.Settings.EnumerateObject())
            if (setting.Name is not ("id" or "kind" or "continueOnError") && !AutomationAction.Nested.Contains(setting.Name))
                input[setting.Name] = setting.Name is "url" ? Template.RenderUrl(setting.Value.GetString() ?? "", scope)
                    // Code is the script's own; what it works with comes as its input.
                    : setting.Name is "code" ? setting.Value.GetString() : Template.Render(JsonNode.Parse(setting.Value.GetRawText()), scope);
        return input;
    }
}
