using PyBase.Core.Mails;
using PyBase.Storage.Notifications;

namespace PyBase.Workers.Mails;

/// <summary>What a mail about notifications says when it leaves, with a link of its own that ends such mails.</summary>
sealed class NotificationMail(NotificationMails mails, UnsubscribeLinks links, IConfiguration configuration)
{
    /// <summary>The address that links begin with is known; a worker has no request to take it from.</summary>
    public bool HasOrigin => configuration["Public:Url"] is { Length: > 0 };

    /// <summary>The mail of this job and its address; null when there is nothing left to tell.</summary>
    public async Task<(string To, Mail Mail)?> WriteAsync(string jobId, CancellationToken cancellation) =>
        await mails.FindAsync(jobId, cancellation) is { } letter
            ? (letter.To, letter.Write(configuration["Public:Url"]!.TrimEnd('/'), await links.AddAsync(letter.UserId, cancellation))) : null;
}
