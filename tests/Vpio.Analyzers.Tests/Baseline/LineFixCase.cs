using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Vpio.Analyzers.CodeFixes.Baseline;

namespace Vpio.Analyzers.Tests.Baseline;

/// <summary>Applies a fix to what is reported at the lines of baseline files, as an editor does that offers fixes in any file: one report after the other, and all of a project at once.</summary>
/// <param name="release">Whether it is the build of a release.</param>
internal sealed class LineFixCase(bool release = false)
{
    private readonly AdhocWorkspace _workspace = new();

    /// <summary>Fixes line after line and then all at once, and holds the files against what they must be.</summary>
    public async Task Check<TFix>(string source, (string Unshipped, string Shipped) before, (string Unshipped, string Shipped) after)
        where TFix : BaselineFix, new()
    {
        Assert.That(await TextsOf(await EachAsync(new TFix(), Open(source, before))), Is.EqualTo(after), "one after the other");
        Assert.That(await TextsOf(await AllAsync(new TFix(), Open(source, before))), Is.EqualTo(after), "all at once");
    }

    /// <summary>Fixes all of a solution in which two projects share their files, as one with two frameworks is, and holds the files of both against what they must be.</summary>
    public async Task CheckShared<TFix>(string source, string other, (string Unshipped, string Shipped) before, (string Unshipped, string Shipped) after)
        where TFix : BaselineFix, new()
    {
        TFix fix = new();
        Project one = Open(source, before);
        Assert.That(one.Solution.Workspace.TryApplyChanges(one.Solution));
        Project two = Open(other, before);
        Reports reports = new(await ReportsAsync(two.Solution.GetProject(one.Id)!), await ReportsAsync(two));
        FixAllContext context = new(two, fix, FixAllScope.Solution, null, fix.FixableDiagnosticIds, reports, CancellationToken.None);
        Project changed = await Apply(two, (await fix.GetFixAllProvider().GetFixAsync(context))!);
        Assert.That(await TextsOf(changed), Is.EqualTo(after));
        Assert.That(await TextsOf(changed.Solution.GetProject(one.Id)!), Is.EqualTo(after));
    }

    private static async Task<(string, string)> TextsOf(Project project) => (await TextOf(project, BaselineCase.Unshipped), await TextOf(project, BaselineCase.Shipped));

    private static async Task<string> TextOf(Project project, string name) => (await project.AdditionalDocuments.Single(d => d.Name == name).GetTextAsync()).ToString();

    private static async Task<Project> Apply(Project project, CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(CancellationToken.None);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id)!;
    }

    private Project Open(string source, (string Unshipped, string Shipped) files)
    {
        ProjectId id = ProjectId.CreateNewId();
        Solution solution = _workspace.CurrentSolution
            .AddProject(ProjectInfo.Create(id, VersionStamp.Default, "Case", "Case", LanguageNames.CSharp, compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)))
            .AddMetadataReferences(id, [.. Basic.Reference.Assemblies.Net100.References.All, MetadataReference.CreateFromFile(typeof(Vpio.Abi.Ownership.AcquiresAttribute).Assembly.Location)])
            .AddDocument(DocumentId.CreateNewId(id), "Case.cs", SourceText.From(BaselineCase.Usings + source), filePath: "/Case.cs")
            .AddAdditionalDocument(DocumentId.CreateNewId(id), BaselineCase.Unshipped, SourceText.From(files.Unshipped), filePath: $"/{BaselineCase.Unshipped}")
            .AddAdditionalDocument(DocumentId.CreateNewId(id), BaselineCase.Shipped, SourceText.From(files.Shipped), filePath: $"/{BaselineCase.Shipped}")
            .AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), ".globalconfig", SourceText.From($"is_global = true\nbuild_property.VpioAbiRelease = {release}\n"), filePath: "/.globalconfig");
        return solution.GetProject(id)!;
    }

    private static async Task<(ProjectId, Diagnostic[])> ReportsAsync(Project project)
    {
        Compilation compilation = (await project.GetCompilationAsync())!;
        return (project.Id, [.. await compilation.WithAnalyzers([new BaselineAnalyzer()], project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync()]);
    }

    private static async Task<Diagnostic[]> ReportsAtLinesAsync(Project project) =>
        [.. (await ReportsAsync(project)).Item2.Where(d => d.Location.Kind == LocationKind.ExternalFile)];

    private static async Task<Project> EachAsync(BaselineFix fix, Project project)
    {
        for (int left = (await ReportsAtLinesAsync(project)).Length; left > 0; left--)
        {
            Diagnostic report = (await ReportsAtLinesAsync(project))[0];
            List<CodeAction> offered = [];
            TextDocument file = project.AdditionalDocuments.Single(d => d.FilePath == report.Location.GetLineSpan().Path);
            await fix.RegisterCodeFixesAsync(new CodeFixContext(file, report, (action, _) => offered.Add(action), CancellationToken.None));
            project = await Apply(project, offered.Single());
        }

        Assert.That(await ReportsAtLinesAsync(project), Is.Empty);
        return project;
    }

    private static async Task<Project> AllAsync(BaselineFix fix, Project project)
    {
        FixAllContext context = new(project, fix, FixAllScope.Project, fix.GetType().Name, fix.FixableDiagnosticIds, new Reports((project.Id, await ReportsAtLinesAsync(project))), CancellationToken.None);
        return await Apply(project, (await fix.GetFixAllProvider().GetFixAsync(context))!);
    }

    private sealed class Reports(params (ProjectId Project, Diagnostic[] All)[] reports) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(reports.Where(r => r.Project == project.Id).SelectMany(r => r.All));

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
