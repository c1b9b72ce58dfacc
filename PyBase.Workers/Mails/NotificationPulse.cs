using Microsoft.Extensions.Options;
using PyBase.Storage;
using PyBase.Storage.Changes;
using PyBase.Storage.Notifications;

namespace PyBase.Workers.Mails;

/// <summary>Settings <c>Notifications</c>.</summary>
sealed class NotificationOptions
{
    /// <summary>How often is looked for mails that are due by the clock; what is mailed at once does not wait for it.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>Makes the mails of notifications when somebody was told something and when the clock says so; without a mail server none are made.</summary>
sealed class NotificationPulse(
    NotificationMails mails, NotificationMail mail, Smtp smtp, ChangeSignals signals, IOptions<NotificationOptions> options, TimeProvider clock, ILogger<NotificationPulse> logger) : Pulse(clock, logger)
{
    protected override TimeSpan Poll => options.Value.LookEvery;

    /// <summary>What comes together is told together.</summary>
    protected override TimeSpan Pause => TimeSpan.FromMilliseconds(500);

    protected override async Task<IAsyncDisposable?> ListenAsync(Action wake) => await signals.ListenForNotificationsAsync(wake);

    protected override async Task<bool> AdvanceAsync(CancellationToken cancellation) =>
        smtp.IsConfigured && mail.HasOrigin && await mails.ScheduleAsync(Clock.GetUtcNow(), cancellation);
}
