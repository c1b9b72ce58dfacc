using PyBase.Tests.Accounts;
using PyBase.Tests.Support;

namespace PyBase.Tests.Mails;

/// <summary>Accounts with a worker beside them that writes to a mail server of the test.</summary>
static class MailHost
{
    public static Task<AccountsHost> StartAsync(Servers servers, SmtpSink? sink, params string[] more) => AccountsHost.StartAsync(servers, null,
        ["Worker=true", "Accounts:SignUp=open", "Public:Url=https://pybase.example.com/", "Smtp:RetryAfter=00:00:00.005", .. sink is null ? (string[])[] : [$"Smtp:Host=127.0.0.1", $"Smtp:Port={sink.Port}", "Smtp:From=PyBase <pybase@example.com>"], .. more]);
}
