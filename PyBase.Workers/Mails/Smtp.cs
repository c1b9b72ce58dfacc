using System.Net;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using PyBase.Core.Jobs;
using PyBase.Core.Mails;

namespace PyBase.Workers.Mails;

/// <summary>How handing over a mail went.</summary>
/// <param name="Error">Why it did not; null when the server took it.</param>
/// <param name="IsFinal">Trying again would end alike.</param>
sealed record Handover(JobError? Error, bool IsFinal = false)
{
    public static readonly Handover Taken = new(Error: null);
}

/// <summary>Hands mails to the server of the settings <c>Smtp</c>.</summary>
sealed class Smtp(IOptionsMonitor<SmtpOptions> options)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>There is a server.</summary>
    public bool IsConfigured => options.CurrentValue is { Host.Length: > 0, From.Length: > 0 };

    /// <summary>Before the try after this many.</summary>
    public TimeSpan WaitAfter(int attempts) => options.CurrentValue.RetryAfter * Math.Pow(6, attempts - 1) * (0.75 + Random.Shared.NextDouble() / 2);

    /// <summary>The same <paramref name="id"/> for each try, so that a receiver who got a mail twice can tell.</summary>
    public async Task<Handover> SendAsync(string id, string to, Mail mail, CancellationToken cancellation)
    {
        var settings = options.CurrentValue;
        if (!MailboxAddress.TryParse(settings.From, out var from))
            return Failed("The setting Smtp:From is not an address.");
        if (!MailboxAddress.TryParse(to, out var address))
            return new Handover(new JobError("mail-refused", "The address cannot be written to.", null), IsFinal: true);
        using var message = new MimeMessage([from], [address], mail.Subject, new BodyBuilder { TextBody = mail.Text, HtmlBody = mail.Html }.ToMessageBody())
        {
            MessageId = $"{id}@{from.Domain}",
        };
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (mail.Unsubscribe is { } unsubscribe)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(settings.Host!, settings.Port, Security(settings), cancellation);
            if (settings.User is { Length: > 0 } user)
                await client.AuthenticateAsync(user, settings.Password ?? "", cancellation);
            await client.SendAsync(message, cancellation);
            await client.DisconnectAsync(quit: true, CancellationToken.None);
            return Handover.Taken;
        }
        catch (SmtpCommandException refused) when (refused.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted && (int)refused.StatusCode >= 500)
        {
            return new Handover(new JobError("mail-refused", $"The mail server refused it: {(int)refused.StatusCode} {refused.Message}", "Check the address."), IsFinal: true);
        }
        catch (Exception trouble) when (trouble is CommandException or ProtocolException or AuthenticationException or SslHandshakeException or SocketException or IOException or TimeoutException or ServiceNotConnectedException or NotSupportedException
            || trouble is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return Failed($"{trouble.GetType().Name}: {trouble.Message}");
        }
    }

    static Handover Failed(string why) => new(new JobError("mail-not-sent", $"The mail server did not take it. {why}", "Check the settings Smtp and the mail server, then retry the job."));

    /// <summary>A password goes over no open line, unless that does not leave this machine.</summary>
    static SecureSocketOptions Security(SmtpOptions settings) => settings switch
    {
        { Port: 465 } => SecureSocketOptions.SslOnConnect,
        { User.Length: > 0 } when !IsLoopback(settings.Host!) => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.StartTlsWhenAvailable,
    };

    static bool IsLoopback(string host) => host is "localhost" || IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);
}
