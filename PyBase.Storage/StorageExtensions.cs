using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;
using PyBase.Storage.Comments;
using PyBase.Storage.Computing;
using PyBase.Storage.Connections;
using PyBase.Storage.Constraints;
using PyBase.Storage.Dashboards;
using PyBase.Storage.Exports;
using PyBase.Storage.Files;
using PyBase.Storage.History;
using PyBase.Storage.Imports;
using PyBase.Storage.Indexes;
using PyBase.Storage.Jobs;
using PyBase.Storage.Mails;
using PyBase.Storage.Notifications;
using PyBase.Storage.Postgres;
using PyBase.Storage.Queries;
using PyBase.Storage.Records;
using PyBase.Storage.Permissions;
using PyBase.Storage.Releases;
using PyBase.Storage.Schema;
using PyBase.Storage.Webhooks;
using PyBase.Storage.Search;
using PyBase.Storage.Shares;
using PyBase.Storage.Snapshots;
using PyBase.Storage.Templates;
using PyBase.Storage.Trash;
using PyBase.Storage.Sync;

namespace PyBase.Storage;

/// <summary>Registers storage; every role calls it, and calling it again changes nothing.</summary>
public static class StorageExtensions
{
    /// <summary>Connections, bases, records, jobs and files.</summary>
    public static TBuilder AddStorage<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.AddConnections();
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<FileStoreOptions>().BindConfiguration("Files");
        services.TryAddSingleton<FileStore>();
        services.TryAddSingleton<FileLinks>();
        services.TryAddSingleton<Attachments>();
        services.TryAddSingleton<FilePictures>();
        services.TryAddSingleton<AttachmentFetches>();
        services.TryAddSingleton<ChangeSignals>();
        services.TryAddSingleton<BaseAccess>();
        services.TryAddSingleton<CatalogBases>();
        services.TryAddSingleton<Collaborators>();
        services.TryAddSingleton<UniqueIndexes>();
        services.TryAddSingleton<ConstraintStore>();
        services.TryAddSingleton<FeedReader>();
        services.TryAddSingleton<SchemaStore>();
        services.TryAddSingleton<BaseWriter>();
        services.TryAddSingleton<BaseStore>();
        services.TryAddSingleton<TreeReader>();
        services.TryAddSingleton<Answers>();
        services.TryAddSingleton<ClockReaders>();
        services.TryAddSingleton<BaseRemoval>();
        services.TryAddSingleton<BasePeople>();
        services.TryAddSingleton<CommentReader>();
        services.TryAddSingleton<CommentStore>();
        services.TryAddSingleton<WebhookScan>();
        services.TryAddSingleton<WebhookStore>();
        services.TryAddSingleton<PayloadReader>();
        services.TryAddSingleton<FieldConversions>();
        services.TryAddSingleton<RecordHistory>();
        services.TryAddSingleton<UndoStore>();
        services.TryAddSingleton<AsOfReader>();
        services.TryAddSingleton<SnapshotWriter>();
        services.TryAddSingleton<SnapshotRestorer>();
        services.TryAddSingleton<TableCopies>();
        services.TryAddSingleton<TrashReader>();
        services.TryAddSingleton<TrashStore>();
        services.TryAddSingleton<ReleaseStore>();
        services.TryAddSingleton<RuleStore>();
        services.TryAddSingleton<RecordStore>();
        services.TryAddSingleton<CsvSync>();
        services.TryAddSingleton<RecordReader>();
        services.TryAddSingleton<AggregateReader>();
        services.TryAddSingleton<Fences>();
        services.TryAddSingleton<QueryReport>();
        services.TryAddSingleton<IndexUses>();
        services.TryAddSingleton<BaseSearch>();
        services.TryAddSingleton<JobStore>();
        services.TryAddSingleton<SealedLinks>();
        services.TryAddSingleton<MailJobs>();
        services.TryAddSingleton<NotificationStore>();
        services.TryAddSingleton<ImportUndo>();
        services.TryAddSingleton<RecordIds>();
        services.TryAddSingleton<Provenance>();
        services.TryAddSingleton<ImportMappings>();
        services.TryAddSingleton<SealedTokens>();
        services.TryAddSingleton<TableExport>();
        services.TryAddSingleton<ShareStore>();
        services.TryAddSingleton<DashboardStore>();
        services.TryAddSingleton<BucketReader>();
        services.TryAddSingleton<TemplateStore>();
        services.TryAddSingleton<DatabaseUpgrade>();
        return builder;
    }
}
