namespace Vpio.CrossProcess;

/// <summary>Says how a guest process ended.</summary>
public static class ExitCodes
{
    /// <summary>All went as it should.</summary>
    public const int Sound = 0;

    /// <summary>The process saw the hypervisor break a promise; the standard output says which.</summary>
    public const int PromiseBroken = 10;

    /// <summary>The hypervisor hung up.</summary>
    public const int HypervisorGone = 11;
}
