namespace PyBase.Workers.Mails;

/// <summary>Settings <c>Smtp</c>.</summary>
sealed class SmtpOptions
{
    /// <summary>The server; without it mails wait.</summary>
    public string? Host { get; set; }

    /// <summary>465 begins with TLS; on others TLS begins where the server offers it.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Who signs in there; nobody without it.</summary>
    public string? User { get; set; }

    /// <summary>With what.</summary>
    public string? Password { get; set; }

    /// <summary>Who mails are from, as <c>PyBase &lt;pybase@example.org&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>The wait before the second try; each further one is six times as long.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(10);
}
