using PyBase.Core.Fields;
using PyBase.Core.Jobs;
using PyBase.Core.Mails;
using PyBase.Storage.Jobs;
using PyBase.Storage.Mails;
using PyBase.Workers.Jobs;

namespace PyBase.Workers.Mails;

/// <summary>
/// Sends a mail, at least once, under the job's id. One that a server does not take comes again; one that no server will take is parked with what was said;
/// one that is of no use any more does not leave.
/// </summary>
sealed class SendMail(Smtp smtp, SealedLinks links, NotificationMail notifications, TimeProvider clock) : IJobWork
{
    const int MaxAttempts = 5;
    static readonly TimeSpan UntilConfigured = TimeSpan.FromMinutes(5);

    public string Kind => JobKind.Email;

    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        var work = run.Lease.Work;
        var input = await run.Lease.ReadInputAsync(run.Cancellation);
        var request = MailRequest.Read(input)!;
        if (request.Expires <= clock.GetUtcNow())
            return Ended(JobState.Failed, new JobError("mail-expired", "What the mail is about had ended before it could leave.", "Ask for a new one."));
        if (!smtp.IsConfigured)
            return Again(UntilConfigured, new JobError("smtp-not-configured", "There is no mail server.", "Set Smtp:Host and Smtp:From; the mail leaves then."), counts: false);
        Mail mail;
        if (request.Template is MailTemplates.Notifications)
        {
            if (!notifications.HasOrigin)
                return Again(UntilConfigured, new JobError(MailErrors.PublicUrlMissing.Code, MailErrors.PublicUrlMissing.Message, MailErrors.PublicUrlMissing.Hint), counts: false);
            if (await notifications.WriteAsync(work.Id, run.Cancellation) is not { } told)
                return new JobOutcome(JobState.Succeeded, []);
            (request, mail) = (request with { To = told.To }, told.Mail);
        }
        else if ((request.Template is MailTemplates.Automation ? "" : links.Open(input.GetText("sealed"))) is { } link)
            mail = MailTemplates.Write(request, link);
        else
            return Ended(JobState.Failed, new JobError("mail-unreadable", "The link of the mail cannot be read with the keys of this installation.", "Ask for a new one."));
        var handover = await smtp.SendAsync(work.Id, request.To, mail, run.Cancellation);
        if (handover.Error is not { } error)
            return new JobOutcome(JobState.Succeeded, []);
        return handover.IsFinal || work.Attempt >= MaxAttempts ? Ended(JobState.Parked, error) : Again(smtp.WaitAfter(work.Attempt), error, counts: true);
    }

    /// <summary>There is nothing to take back: what has left has left.</summary>
    public Task UndoAsync(JobLease lease, JobOutcome end, CancellationToken cancellation) => lease.FinishAsync(end.State, end.Findings, end.Error, null, cancellation);

    static JobOutcome Ended(string state, JobError error) => new(state, [], error);

    static JobOutcome Again(TimeSpan wait, JobError error, bool counts) => new(JobState.Queued, [], error) { Again = new Wait(wait, counts) };
}
