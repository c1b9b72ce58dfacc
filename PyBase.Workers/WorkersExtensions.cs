using PyBase.Core.Jobs;
using PyBase.Storage;
using PyBase.Storage.Automations;
using PyBase.Storage.Audit;
using PyBase.Storage.Bus;
using PyBase.Storage.Changes;
using PyBase.Storage.Computing;
using PyBase.Storage.Files;
using PyBase.Storage.Notifications;
using PyBase.Storage.Operations;
using PyBase.Storage.Schema;
using PyBase.Storage.Trash;
using PyBase.Storage.Webhooks;
using PyBase.Workers.Airtable;
using PyBase.Workers.Attachments;
using PyBase.Workers.Automations;
using PyBase.Storage.Indexes;
using PyBase.Workers.Comparisons;
using PyBase.Workers.Exports;
using PyBase.Workers.Extractions;
using PyBase.Workers.Http;
using PyBase.Workers.Imports;
using PyBase.Workers.Jobs;
using PyBase.Workers.PartsLists;
using PyBase.Workers.Mails;
using PyBase.Workers.Pictures;
using PyBase.Workers.Scaling;
using PyBase.Workers.Webhooks;
using PyBase.Workers.Snapshots;

namespace Microsoft.Extensions.Hosting;

/// <summary>The role that does what takes longer than a request.</summary>
public static class WorkersExtensions
{
    /// <summary>Services of the role; <c>Workers:Queues</c> (<c>--queues cad-extraction,imports=4</c>) says which queues, all by default.</summary>
    public static WebApplicationBuilder AddPyBaseWorkers(this WebApplicationBuilder builder)
    {
        builder.AddStorage();
        builder.Services.AddSingleton<TableImport>();
        builder.Services.AddSingleton<DroppedTogether>();
        builder.Services.AddSingleton<Download>();
        builder.Services.AddSingleton<RowSources>();
        builder.Services.AddSingleton<RowPreparation>();
        builder.Services.AddSingleton<RowWriter>();
        builder.Services.AddSingleton<IJobWork, ExtractDrawing>();
        builder.Services.AddSingleton<IJobWork, FetchAttachment>();
        builder.Services.AddSingleton<IJobWork, ImportRows>();
        builder.Services.AddSingleton<IJobWork, ImportAirtable>();
        builder.Services.AddSingleton<IJobWork, ExportTable>();
        builder.Services.AddSingleton<IJobWork, MakeSnapshot>();
        builder.Services.AddSingleton<IJobWork, RestoreSnapshot>();
        builder.Services.AddSingleton<IJobWork, CompareFiles>();
        builder.Services.AddSingleton<IJobWork, AddUpPartsList>();
        builder.Services.AddSingleton<FileOfLines>();
        builder.Services.AddSingleton<IJobWork, DrawPicture>();
        builder.Services.AddOptions<SmtpOptions>().BindConfiguration("Smtp");
        builder.Services.AddSingleton<Smtp>();
        builder.Services.AddSingleton<NotificationMail>();
        builder.Services.AddSingleton<IJobWork, SendMail>();
        builder.Services.AddSingleton<OutgoingHttp>();
        builder.Services.AddSingleton<IAutomationStep, CreateRecordStep>();
        builder.Services.AddSingleton<IAutomationStep, UpdateRecordStep>();
        builder.Services.AddSingleton<IAutomationStep, DeleteRecordStep>();
        builder.Services.AddSingleton<IAutomationStep, LinkRecordsStep>();
        builder.Services.AddSingleton<IAutomationStep, FindRecordsStep>();
        builder.Services.AddSingleton<IAutomationStep, SendEmailStep>();
        builder.Services.AddSingleton<IAutomationStep, NotifyStep>();
        builder.Services.AddSingleton<IAutomationStep, CallHttpStep>();
        builder.Services.AddSingleton<IAutomationStep, SendSlackMessageStep>();
        builder.Services.AddSingleton<IAutomationStep, RunScriptStep>();
        builder.Services.AddSingleton<IJobWork, RunAutomation>();
        builder.Services.AddOptions<AutomationOptions>().BindConfiguration("Automations");
        builder.Services.AddHostedService<AutomationScan>();
        builder.Services.AddHostedService<AutomationClock>();
        builder.Services.AddOptions<WebhookOptions>().BindConfiguration("Webhooks");
        builder.Services.AddSingleton<IJobWork, SendPing>();
        builder.Services.AddHostedService<WebhookPulse>();
        builder.Services.AddHostedService<FileSweep>();
        builder.Services.AddHostedService<StaleWork>();
        builder.Services.AddHostedService<BaseSweep>();
        builder.Services.AddHostedService<TrashSweep>();
        builder.Services.AddHostedService<MessageSweep>();
        builder.Services.AddOptions<AuditOptions>().BindConfiguration("Audit");
        builder.Services.AddHostedService<AuditSweep>();
        builder.Services.AddOptions<ChangeOptions>().BindConfiguration("Changes");
        builder.Services.AddHostedService<ChangeRetention>();
        builder.Services.AddOptions<IndexOptions>().BindConfiguration("Indexes");
        builder.Services.AddHostedService<IndexBuilder>();
        builder.Services.AddOptions<AutoscalerOptions>().BindConfiguration("Autoscaler");
        builder.Services.AddHostedService<Autoscaler>();
        var shares = QueueShares(builder.Configuration);
        builder.Services.AddOptions<MetricsOptions>().BindConfiguration("Metrics");
        if (shares.Any(share => share.Name == Queues.Maintenance))
            builder.Services.AddHostedService<ServerPulse>();
        builder.Services.AddOptions<NotificationOptions>().BindConfiguration("Notifications");
        // The process that sends mails knows whether there is a server for them.
        if (shares.Any(share => share.Name == Queues.Email))
            builder.Services.AddHostedService<NotificationPulse>();
        builder.AddBus<JobConsumer>(shares);
        return builder;
    }

    /// <summary>Routes of the role: none but what every process has.</summary>
    public static WebApplication MapPyBaseWorkers(this WebApplication app) => app;

    internal static IReadOnlyList<QueueShare> QueueShares(IConfiguration configuration)
    {
        var concurrency = configuration.GetValue("Workers:Concurrency", 2);
        if (concurrency < 1)
            throw new InvalidOperationException("Workers:Concurrency is at least 1.");
        var wanted = configuration["queues"] ?? configuration["Workers:Queues"];
        if (string.IsNullOrWhiteSpace(wanted))
            return [.. Queues.All.Select(name => new QueueShare(name, concurrency))];
        return [.. wanted.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Read)];

        QueueShare Read(string share) => share.Split('=') switch
        {
            [var name] when Queues.All.Contains(name) => new QueueShare(name, concurrency),
            [var name, var limit] when Queues.All.Contains(name) && int.TryParse(limit, out var own) && own > 0 => new QueueShare(name, own),
            _ => throw new InvalidOperationException($"\"{share}\" is no queue of Workers:Queues. Queues: {string.Join(", ", Queues.All)}; name=2 sets a limit."),
        };
    }
}
