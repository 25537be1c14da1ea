using System.Runtime.CompilerServices;
using System.Text;

namespace VerifyTests;

/// <summary>Is a verification that begins when it is awaited, and may be told settings before.</summary>
public class SettingsTask
{
    private readonly Func<VerifySettings, Task> _verify;
    private Task? _task;

    internal SettingsTask(VerifySettings? settings, Func<VerifySettings, Task> verify)
    {
        CurrentSettings = settings ?? new VerifySettings();
        _verify = verify;
    }

    public VerifySettings CurrentSettings { get; }

    public SettingsTask UseDirectory(string directory) => With(settings => settings.UseDirectory(directory));

    public SettingsTask UseFileName(string fileName) => With(settings => settings.UseFileName(fileName));

    public SettingsTask UseTypeName(string name) => With(settings => settings.UseTypeName(name));

    public SettingsTask UseMethodName(string name) => With(settings => settings.UseMethodName(name));

    public SettingsTask UseParameters(params object?[] parameters) => With(settings => settings.UseParameters(parameters));

    public SettingsTask AutoVerify() => With(settings => settings.AutoVerify());

    public SettingsTask AddScrubber(Action<StringBuilder> scrubber) => With(settings => settings.AddScrubber(scrubber));

    public SettingsTask ScrubLinesWithReplace(Func<string, string?> replaceLine) => With(settings => settings.ScrubLinesWithReplace(replaceLine));

    public Task ToTask() => _task ??= _verify(CurrentSettings);

    public TaskAwaiter GetAwaiter() => ToTask().GetAwaiter();

    public ConfiguredTaskAwaitable ConfigureAwait(bool continueOnCapturedContext) => ToTask().ConfigureAwait(continueOnCapturedContext);

    private SettingsTask With(Action<VerifySettings> change)
    {
        change(CurrentSettings);
        return this;
    }
}
