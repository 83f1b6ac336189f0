// A cephx key is 28 bytes in base64 and always starts like this (type 1, creation time); a token holds one.
const KEY = /\bAQ[A-Za-z0-9+/]{36}==|\beyJ[A-Za-z0-9+/=]{40,}/g

/** Text that may be shown or stored: Ceph's keys and bootstrap tokens taken out. */
export const withoutSecrets = (text: string): string => text.replace(KEY, '***')

// Any run of base64 that may be part of a key, however a later release makes them. Names and uuids are shorter or have dashes.
const MAY_BE_A_KEY = /[A-Za-z0-9+/]{24,}={0,2}/g

/** What a command that deals with a secret said, with everything taken out that may be a part of one. */
export const withoutAnySecret = (text: string): string => withoutSecrets(text).replace(MAY_BE_A_KEY, '***')
