using System.Globalization;
using Vpio.CrossProcess;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;

namespace Vpio.Protocol.Tests.CrossProcess;

/// <summary>Is a guest in a process of its own that plays one of the roles of Vpio.CrossProcess.</summary>
internal sealed class ChildGuest
{
    private const int Kill9 = 9;

    private readonly Notebook _notebook;

    /// <summary>Adds the guest; its process is not started yet.</summary>
    public ChildGuest(ReferenceHypervisor hypervisor, string role, long count)
    {
        Guest = hypervisor.AddGuest(new GuestCommand("dotnet", [Path.Combine(AppContext.BaseDirectory, "Vpio.CrossProcess.dll"), role, count.ToString(CultureInfo.InvariantCulture)])
        {
            Environment = new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "0" },
        });
        _notebook = new Notebook(Guest.Application);
    }

    public Guest Guest { get; }

    /// <summary>Gets what the process says that it found.</summary>
    public string Said => _notebook.Said;

    public bool HasEnded => Guest.Process!.Exit is not null;

    /// <summary>Gets how far the process says that it is.</summary>
    public ulong Progress => Volatile.Read(ref _notebook.Progress);

    public GuestExit AwaitEnd(TimeSpan patience)
    {
        if (!Guest.Process!.Ended.Wait(patience))
            Assert.Fail($"guest {Guest.Id} in process {Guest.Process.Id} got as far as {Progress}, and waits for ever");
        return Guest.Process.Ended.Result;
    }

    /// <summary>Ends the process by SIGKILL from outside: neither it nor the hypervisor tidies anything up before.</summary>
    public void Kill()
    {
        using (System.Diagnostics.Process process = System.Diagnostics.Process.GetProcessById(Guest.Process!.Id))
            process.Kill();
        Assert.That(AwaitEnd(TimeSpan.FromSeconds(30)), Is.EqualTo(new GuestExit(null, Kill9)));
    }
}
