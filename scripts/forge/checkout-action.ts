/** Stands for actions/checkout, which is on another server: a clone of the forge's repository, without credentials. */
export const CHECKOUT_ACTION = `name: checkout
description: Fetches with the job's token
inputs:
  persist-credentials: { description: Must be false, default: "true" }
  fetch-depth: { description: 0 for all, default: "1" }
runs:
  using: composite
  steps:
    - shell: bash
      env:
        PERSIST: "\${{ inputs.persist-credentials }}"
        DEPTH: "\${{ inputs.fetch-depth }}"
        TOKEN: "\${{ github.token }}"
      run: |
        test "$PERSIST" = false
        git init --quiet --initial-branch=main .
        git remote add origin "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY"
        login=$(printf 'x-access-token:%s' "$TOKEN" | base64 -w0)
        fetch() { git -c "http.extraheader=AUTHORIZATION: basic $login" fetch --quiet "$@"; }
        if [ "$DEPTH" = 0 ]; then fetch origin '+refs/heads/*:refs/remotes/origin/*'; fi
        if [ "$DEPTH" = 0 ]; then fetch origin "$GITHUB_REF"; else fetch --depth "$DEPTH" origin "$GITHUB_REF"; fi
        case "$GITHUB_REF" in
          refs/heads/*) git checkout --quiet -B "\${GITHUB_REF#refs/heads/}" FETCH_HEAD ;;
          *) git checkout --quiet --detach FETCH_HEAD ;;
        esac
`;
